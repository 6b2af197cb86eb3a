"""presend.toml, people.csv and groups.csv into a Company, with errors that teach."""

import pytest

from checker.company import PolicyError
from checker.files import default_policy
from checker.policy import load_company
from checker.policy_checks import METRICS
from checker.roster import read_groups, read_people
from checker.template import metric_name

DEFAULT = default_policy()
PEOPLE = "email,name,title,role,manager,timezone\nwang@a.cn,王芳,运营助理,,chen@a.cn,\nchen@a.cn,陈晓,经理,manager,,Asia/Shanghai\n"


def load(toml="", **files):
    def read(name):
        if name not in files:
            raise FileNotFoundError(2, "No such file or directory")
        return files[name]

    return load_company(DEFAULT, toml.encode(), read=read)


def fails(toml, **files):
    with pytest.raises(PolicyError) as caught:
        load(toml, **files)
    return str(caught.value)


def test_the_default_is_complete_and_its_example_binds_nothing():
    company = load_company(DEFAULT)
    assert company == load("")
    assert (company.fail_on, company.language, company.date_order) == ("error", "auto", "ymd")
    assert company.cc["restock"] == ("manager",)
    assert company.metrics["ads"] == ("spend", "acos")
    assert company.limits == {"attachment_mb": 20.0, "exposed": 10.0, "message_mb": 25.0}
    assert company.bindings == ()
    assert company.listings is None


def test_the_default_itself_is_a_policy_that_can_be_loaded():
    assert load_company(DEFAULT, DEFAULT) == load_company(DEFAULT)


def test_own_settings_win_key_by_key():
    company = load(
        '[limits]\nexposed = 3\n[policy.cc]\nads = []\n[policy.metrics]\nads = ["roas"]\n[company]\nname = "蓝途"'
    )
    assert company.limits == {"attachment_mb": 20.0, "exposed": 3.0, "message_mb": 25.0}
    assert (company.cc["ads"], company.cc["restock"]) == ((), ("manager",))
    assert (company.metrics["ads"], company.metrics["review"]) == (("roas",), ("rating",))
    assert company.name == "蓝途"


def test_tags_replace_their_topic_and_leave_the_old_one():
    tags = load('[tags]\nrestock = ["备货"]\nfinance = ["财务", "采购"]\nlegal = ["法务"]\n"" = ["转交"]').tags
    assert tags["restock"] == ("备货",)
    assert tags["finance"] == ("财务", "采购")
    assert tags["legal"] == ("法务",)
    assert tags[""] == ("转交",)
    assert tags["ads"] == ("广告", "Ads")
    assert "采购" in load('[tags]\nads = ["推广"]').tags["restock"]
    assert "周报" not in load('[tags]\nads = ["周报"]').tags["general"]


def test_partners_domains_and_bindings():
    company = load(
        '[company]\ndomains = ["@A.cn"]\npartners = ["B.com", {domain = "c.com", topics = ["finance"]}, "x@qq.com"]\n'
        '[[bindings]]\nwords = ["Acme"]\ndomains = ["acme.com"]\n[[bindings]]\nwords = []\ndomains = []'
    )
    assert company.domains == ("a.cn",)
    assert [tuple(p) for p in company.partners] == [("b.com", ()), ("c.com", ("finance",)), ("x@qq.com", ())]
    assert company.bindings == ({"words": ("Acme",), "domains": ("acme.com",)},)


def test_rules_and_folders_are_kept_for_the_loader():
    company = load(
        '[policy]\nrules = ["rules/lantu"]\n[rules."data/below-safety"]\nenabled = false\noptions = {safety_days = 20}'
    )
    assert company.rule_folders == ("rules/lantu",)
    assert company.rules == {"data/below-safety": {"enabled": False, "options": {"safety_days": 20}}}


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        (
            '[policy]\nfail_on = "hi"',
            'presend.toml: policy.fail_on: "hi" is not allowed; allowed: error, warning, info',
        ),
        ('[policy]\nfail_on = "errors"', 'policy.fail_on: "errors" is not allowed; did you mean error? allowed: error'),
        ('[polcy]\nfail_on = "error"', "presend.toml: polcy: unknown table; did you mean policy?"),
        ('[policy]\nfail_no = "error"', "presend.toml: policy.fail_no: unknown key; did you mean fail_on?"),
        ("[limits]\nzzz = 1", "limits.zzz: unknown key; allowed: attachment_mb, exposed, message_mb"),
        ("[limits]\nexposed = true", "limits.exposed: true is not allowed; it takes a number, 0 or more"),
        ("[limits]\nexposed = -1", "limits.exposed: -1 is not allowed"),
        ("[limits]\nexposed = nan", "limits.exposed: NaN is not allowed"),
        ('[company]\ndomains = "a.cn"', 'company.domains: "a.cn" is not allowed; it takes a list'),
        ("[company]\ndomains = [1]", "company.domains: 1 is not allowed; it takes a list of texts"),
        ('[company]\ndomains = ["a@b.cn"]', 'company.domains: "a@b.cn" is not a domain'),
        ('[company]\ntimezone = "Mars/Base"', 'company.timezone: "Mars/Base" is not a time zone'),
        ('[company]\narchive = "archive"', 'company.archive: "archive" is not an e-mail address'),
        ('[company]\ndate_order = "dym"', 'company.date_order: "dym" is not allowed'),
        ("[company]\npartners = [1]", "company.partners: 1 is not allowed; write"),
        (
            '[company]\npartners = [{domain = "b.com", topic = []}]',
            "company.partners.topic: unknown key; did you mean topics?",
        ),
        ('[company]\npartners = [{domain = "b.com", topics = ["restok"]}]', "did you mean restock?"),
        ('[policy.cc]\nrestok = ["manager"]', 'policy.cc: "restok" is not allowed; did you mean restock?'),
        (
            '[policy.metrics]\nads = ["acos", "spent"]',
            'policy.metrics.ads: "spent" is not allowed; did you mean spend?',
        ),
        (
            '[policy]\noverridable = ["warnings"]',
            'policy.overridable: "warnings" is not allowed; did you mean warning?',
        ),
        ('[policy]\naccept_incomplete = ["big"]', 'policy.accept_incomplete: "big" is not allowed'),
        ('[rules]\n"asin/missing" = false', 'rules."asin/missing": false is not allowed; it takes a table'),
        ('[[bindings]]\nword = ["x"]', "bindings.word: unknown key; did you mean words?"),
        ('bindings = ["x"]', "bindings: takes tables; write [[bindings]]"),
        ("policy = 1", "policy: 1 is not allowed; it takes a table"),
        ("[company\n", "presend.toml: is not TOML"),
        (
            '[data]\ndirectory = "who.csv"',
            'presend.toml: data.directory: cannot read "who.csv": No such file or directory',
        ),
    ],
)
def test_a_mistake_names_file_key_and_what_is_allowed(toml, message):
    assert message in fails(toml)


def test_gbk_policy_is_told():
    with pytest.raises(PolicyError, match=r"my\.toml: is not UTF-8 text; save it as UTF-8"):
        load_company(DEFAULT, '[company]\nname = "蓝途"'.encode("gbk"), source="my.toml")


def test_data_files_are_read_through_the_policy():
    company = load(
        '[data]\ndirectory = "p.csv"\ngroups = "g.csv"',
        **{"p.csv": PEOPLE.encode(), "g.csv": b"group,email\nops@a.cn,wang@a.cn\n"},
    )
    assert [(p.email, p.manager) for p in company.people] == [("wang@a.cn", "chen@a.cn"), ("chen@a.cn", "")]
    assert company.groups == {"ops@a.cn": ("wang@a.cn",)}
    assert company.by_email["chen@a.cn"].name == "陈晓"


def test_without_a_reader_data_files_stay_unread():
    assert load_company(DEFAULT, b'[data]\ndirectory = "p.csv"').people == ()


@pytest.mark.parametrize("encode", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_people_as_offices_save_them(encode, delimiter):
    people = read_people(PEOPLE.replace(",", delimiter).replace("\n", "\r\n").encode(encode), "people.csv", {"manager"})
    assert [(p.name, p.title, p.role, p.manager, p.timezone) for p in people] == [
        ("王芳", "运营助理", "", "chen@a.cn", ""),
        ("陈晓", "经理", "manager", "", "Asia/Shanghai"),
    ]


def test_columns_in_any_order_with_chinese_headings_and_managers_by_name():
    rows = "姓名,主管,邮箱,备注\n王芳,陈晓,WANG@a.cn,x\n\n陈晓,,chen@a.cn\n"
    people = read_people(rows.encode(), "people.csv", {"manager"})
    assert [(p.email, p.manager) for p in people] == [("wang@a.cn", "chen@a.cn"), ("chen@a.cn", "")]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            "name,manager\n王芳,\n",
            "people.csv: header: the column email is missing; columns: email,name,title,role,manager",
        ),
        ("email,name\n", "header: the column manager is missing"),
        ("email,name,manger\n", "header: unknown column manger; did you mean manager?"),
        ("email,name,manager\nwang,王芳,\n", "people.csv: line 2: email: “wang” is not an e-mail address"),
        ("email,name,manager\na@b.cn,王芳,\n\nb@b.cn,李强,陈晓\n", "line 4: manager: “陈晓” is not in this file"),
        ("email,name,manager,timezone\na@b.cn,王芳,,Beijing\n", "line 2: timezone: “Beijing” is not a time zone"),
        ("email,name,manager\na@b.cn," + "x" * 200_000 + ",\n", "people.csv: is not a CSV file: field larger than"),
    ],
)
def test_people_mistakes_name_line_and_column(rows, message):
    with pytest.raises(PolicyError) as caught:
        read_people(rows.encode(), "people.csv", {"manager"})
    assert message in str(caught.value)


def test_groups_hold_groups():
    rows = "email,group\nwang@a.cn;li@a.cn,Ops@a.cn\nops@a.cn,all\nall,all\nchen@a.cn,all\n"
    with pytest.raises(PolicyError, match="“all” is not an e-mail address"):
        read_groups(rows.encode(), "groups.csv")
    rows = "email,group\nwang@a.cn;li@a.cn,Ops@a.cn\nops@a.cn,all@a.cn\nall@a.cn,all@a.cn\nchen@a.cn,all@a.cn\n"
    assert read_groups(rows.encode(), "groups.csv") == {
        "ops@a.cn": ("wang@a.cn", "li@a.cn"),
        "all@a.cn": ("wang@a.cn", "li@a.cn", "chen@a.cn"),
    }


def test_metrics_have_names_for_people():
    needed = {m for wanted in load_company(DEFAULT).metrics.values() for m in wanted}
    assert needed <= set(METRICS)
    assert all(metric_name(m, "zh") != m for m in needed)

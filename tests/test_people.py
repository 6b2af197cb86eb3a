"""Who is on a mail: kinds, slips, greetings, responsible roles, threads, bindings, marks."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from checker.company import Colleague, Partner
from checker.draft import from_draft
from checker.examples import ENVELOPE
from checker.facts import marks, people, subject
from checker.facts.domains import nearest, one_edit
from checker.reading import Reading

CASES = yaml.load((Path(__file__).parent / "cases" / "people.yaml").read_text("utf-8"), yaml.CSafeLoader)
PARTNERS = ("swift-freight.com", "hezhong-mfg.cn", "dhl.com", "maersk.de")
QUOTE = "\n\n发件人\uff1a 王伟 <wang@hezhong-mfg.cn>\n发送时间\uff1a 2026年3月9日\n收件人\uff1a 王芳 <wang.fang@lantu-trade.cn>\n"


def mail(**draft):
    return from_draft({**ENVELOPE, **draft})


def given_by(case, **names):
    return {names.get(key, key): case[key] for key in case if key != "want"}


def recipients(company, **draft):
    return people.read_recipients(mail(**draft), company)


def responsible(company, scenario="restock", **draft):
    message = mail(**draft)
    sender = people.read_sender(message, company)
    return people.read_responsible(scenario, message, sender, people.read_recipients(message, company), company)


def present(company, scenario="restock", **draft):
    return [r.present for r in responsible(company, scenario, **draft)]


@pytest.mark.parametrize("case", CASES["greetings"], ids=str)
def test_greeting(company, case):
    message = mail(**given_by(case))
    found = people.read_greetings(Reading(message), people.read_recipients(message, company), company)
    assert [[g.name, g.known, g.in_to] for g in found] == case["want"]
    assert all(g.place.text == g.name for g in found)


def test_a_greeted_member_of_a_group_in_to_is_met(company):
    with_group = replace(company, groups={"team@lantu-trade.cn": ("zhao.min@lantu-trade.cn",)})
    message = mail(text="赵敏\uff0c您好", to=["team@lantu-trade.cn", "li.qiang@lantu-trade.cn"])
    greeted = people.read_greetings(Reading(message), people.read_recipients(message, with_group), with_group)
    assert [g.in_to for g in greeted] == [True]


@pytest.mark.parametrize(("written", "meant"), list(CASES["slips"].items()))
def test_slip(written, meant):
    assert nearest(str(written), ("lantu-trade.cn",), PARTNERS) == meant


@pytest.mark.parametrize("domain", CASES["right"])
def test_no_slip(domain):
    assert nearest(domain, ("lantu-trade.cn",), PARTNERS) is None


def test_an_input_methods_full_stop_is_a_dot():
    assert nearest("gmail\u3002com", (), ()) == "gmail.com"
    assert nearest("lantu-trade\u3002cn", ("lantu-trade.cn",), ()) == "lantu-trade.cn"


@given(st.text("abc.-1", max_size=8), st.text("abc.-1", max_size=8))
def test_one_edit_is_symmetric_and_never_of_equals(a, b):
    assert (one_edit(a, b) is None) == (one_edit(b, a) is None)
    assert one_edit(a, a) is None


@given(st.text("abcd", min_size=1, max_size=8), st.data())
def test_every_single_edit_is_seen(word, data):
    at = data.draw(st.integers(0, len(word) - 1))
    assert one_edit(word[:at] + "x" + word[at:], word)
    assert one_edit(word[:at] + "x" + word[at + 1 :], word)
    assert one_edit(word[:at] + word[at + 1 :], word)


@pytest.mark.parametrize(("address", "kind"), list(CASES["kinds"].items()))
def test_kind(company, address, kind):
    person = recipients(company, to=[address])[0]
    assert person.kind == kind
    assert person.external == (kind not in ("self", "internal"))


def test_without_company_domains_the_senders_own_counts(company):
    none = replace(company, domains=(), people=(), partners=())
    assert [p.kind for p in recipients(none, cc=["x@sub.lantu-trade.cn", "y@other.cn"])] == [
        "internal",
        "internal",
        "unknown",
    ]
    private = {"from": "王芳 <wangfang@163.com>", "to": ["lq@163.com"], "cc": []}
    assert [p.kind for p in recipients(none, **private)] == ["personal"]
    assert people.read_sender(mail(**private), none).kind == "personal"


def test_a_partner_by_full_address_and_by_the_longest_domain(company):
    partners = (Partner("box@qq.com", ("restock",)), Partner("a.com", ("ads",)), Partner("eu.a.com", ()))
    found = recipients(
        replace(company, partners=partners), to=["Box@qq.com", "other@qq.com", "x@eu.a.com", "x@us.a.com"]
    )
    assert [(p.kind, p.topics) for p in found[:4]] == [
        ("partner", ("restock",)), ("personal", ()), ("partner", ()), ("partner", ("ads",)),
    ]  # fmt: skip


def test_a_person_carries_what_people_csv_knows(company):
    tom = recipients(company, to=["TOM.BAKER@lantu-trade.cn"])[0]
    assert (tom.name, tom.known, tom.role, tom.timezone) == ("Tom Baker", True, "account", "America/Los_Angeles")
    assert tom.place.text == "TOM.BAKER@lantu-trade.cn"


def test_a_mistyped_address_is_corrected_with_its_own_local_part(company):
    person = recipients(company, to=["Li.Qiang@lantu-trade.com"])[0]
    assert (person.nearest_domain, person.corrected) == ("lantu-trade.cn", "Li.Qiang@lantu-trade.cn")


def test_the_first_of_a_domain(company):
    assert [p.first_of_domain for p in recipients(company, to=["a@x.com", "b@X.com"], cc=["c@y.com"])] == [
        True,
        False,
        True,
    ]


def test_a_name_without_an_address_is_nobody_outside(company):
    assert not recipients(company, to=["李强"])[0].external


def test_responsible_is_the_senders_manager(company):
    found = responsible(company, cc=[])
    assert [(r.role, r.person, r.address, r.present) for r in found] == [
        ("manager", "陈晓", "chen.xiao@lantu-trade.cn", False)
    ]


@pytest.mark.parametrize(
    ("want", "draft"),
    [
        ([True], {}),
        ([True], {"to": ["CHEN.XIAO@lantu-trade.cn"], "cc": []}),
        ([True], {"cc": ["chen.xiao@lantu-trade.com"]}),  # a slip that typo-domain corrects
        ([False], {"cc": [], "bcc": ["chen.xiao@lantu-trade.cn"]}),
        ([False], {"cc": ["chen.xiao@hezhong-mfg.cn"]}),
    ],
)
def test_present(company, want, draft):
    assert present(company, **draft) == want


def test_a_group_counts_for_its_members(company):
    grouped = replace(
        company,
        groups={"managers@lantu-trade.cn": ("chen.xiao@lantu-trade.cn",), "leads": ("chen.xiao@lantu-trade.cn",)},
    )
    assert present(grouped, cc=["Managers@lantu-trade.cn"]) == [True]
    assert present(grouped, cc=["leads@lantu-trade.cn"]) == [True]
    assert present(company, cc=["managers@lantu-trade.cn"]) == [False]


def test_the_sender_counts_for_a_role(company):
    wants_buyer = replace(company, cc={"restock": ("buyer", "logistics")})
    assert present(wants_buyer, **{"from": "li.qiang@lantu-trade.cn", "to": ["x@lantu-trade.cn"], "cc": []}) == [
        True,
        False,
    ]


def test_any_holder_of_a_role_will_do(company):
    second = Colleague("sun.li@lantu-trade.cn", "孙丽", "", "Logistics", "", "")
    both = replace(company, cc={"restock": ("logistics",)}, people=(*company.people, second))
    assert present(both, cc=["sun.li@lantu-trade.cn"]) == [True]


def test_nobody_is_named_when_nobody_is_known(company):
    unknown = responsible(company, **{"from": "intern@lantu-trade.cn", "cc": []})
    assert [(r.person, r.address) for r in unknown] == [(None, None)]
    assert responsible(company, "general") == ()


def test_the_archive_is_a_role_of_its_own(company):
    archived = replace(company, archive="archive@lantu-trade.cn")
    assert [(r.role, r.present) for r in responsible(archived, "")] == [("archive", False)]
    assert present(archived, "", bcc=["Archive@lantu-trade.cn"]) == [True]


def thread(company, **draft):
    reading = Reading(mail(**draft))
    return people.read_thread(reading, subject.read(reading.subject, company.tags))


def test_a_thread_has_the_domains_of_reply_and_references(company):
    reply = {
        "from": "王伟 <wang@hezhong-mfg.cn>",
        "to": ["wang.fang@lantu-trade.cn"],
        "references": ["<1@mail.acme.com>"],
    }
    found = thread(company, subject="回复\uff1a报价", text="收到", reply=reply)
    assert found.reply
    assert set(found.domains) == {"hezhong-mfg.cn", "lantu-trade.cn", "mail.acme.com"}
    assert thread(company, subject="Re: 报价", text="收到", reply={"references": ["<1@mail.gmail.com>"]}).domains == ()


def test_a_forward_and_a_new_mail_answer_nothing(company):
    reply = {"from": "wang@hezhong-mfg.cn"}
    assert not thread(company, subject="转发\uff1a报价", text="请看", reply=reply).reply
    assert not thread(company, subject="FW: quote", text="see below", reply=reply).reply
    assert not thread(company, subject="报价", text="请看").reply
    assert not thread(company, subject="Re: 报价", text="请看").reply


def test_quoted_headers_give_the_thread(company):
    found = thread(company, subject="回复\uff1a报价", text="收到" + QUOTE + "请报价。")
    assert found.reply
    assert set(found.domains) == {"hezhong-mfg.cn", "lantu-trade.cn"}


def bindings(company, *entries, **draft):
    bound = replace(company, bindings=tuple({"words": w, "domains": d} for w, d in entries))
    message = mail(**draft)
    return people.read_bindings(Reading(message), people.read_recipients(message, bound), bound)


def test_a_binding_names_word_and_outsiders(company):
    found = bindings(
        company,
        (("华泰", "Acme"), ("acme.com",)),
        to=["a@acme.com", "b@eu.acme.com", "c@x.com"],
        text="关于ＡＣＭＥ的订单",
    )
    assert [(b.word, b.place.text, b.outsiders) for b in found] == [("Acme", "ＡＣＭＥ", ("c@x.com",))]


def test_a_binding_keeps_word_edges_and_reads_attachment_names(company):
    entry = (("Acme",), ("acme.com",))
    assert not bindings(company, entry, to=["c@x.com"], text="Acmeland opens")
    named = bindings(company, entry, to=["c@x.com"], text="见附件", attachments=[{"name": "acme_报价.pdf", "size": 9}])
    assert [(b.place.text, b.place.where) for b in named] == [("acme", "attachment")]
    assert not bindings(company, entry, text="Acme 内部核对")


@pytest.mark.parametrize("case", CASES["marks"], ids=str)
def test_marks(case):
    draft = given_by(case)
    name = draft.pop("name", None)
    files = [{"name": name, "size": 9}] if name else []
    found = marks.read(Reading(mail(**{"text": "请看", **draft}, attachments=files)))
    assert [[m.kind, m.place.text] for m in found] == case["want"]


def test_the_cases_have_full_width_punctuation():
    texts = "".join(case.get("text", "") for kind in ("greetings", "signatures", "marks") for case in CASES[kind])
    assert {"\uff0c", "\uff1a", "\uff01", "\uff08"} <= set(texts)

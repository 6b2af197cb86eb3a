"""The store, the same tests on SQLite and on a real PostgreSQL."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from checker.store.records import (
    CheckRecord,
    FeedbackRecord,
    FollowUp,
    OverriddenFinding,
    OverrideRecord,
    RuleCount,
)
from checker.store.store import RecordError

NOW = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MARK = "0123456789abcdef" * 2


def check(at=NOW, verdict="allow", counts=None, **other):
    values = {
        "door": "service",
        "ruleset": "r",
        "scenario": "restock",
        "sender": "s",
        "digest": "d",
        "overridden": 0,
        "seconds": 0.01,
        **other,
    }
    return CheckRecord(at=at, verdict=verdict, counts=counts or {}, **values)


def override(at=NOW, digest="d", findings=(("tone/blame", MARK, "the supplier asked for it"),), expires=NOW + HOUR):
    return OverrideRecord(at, digest, "r", tuple(OverriddenFinding(*f) for f in findings), "me", expires)


def test_verdicts_are_counted_per_day_of_the_zone_asked_for(store):
    shanghai = ZoneInfo("Asia/Shanghai")
    midnight = datetime(2026, 3, 10, 0, 0, tzinfo=shanghai)
    tick = timedelta(microseconds=1)
    for at, verdict in [
        (midnight - tick, "block"),
        (midnight, "allow"),
        (midnight + HOUR, "allow"),
        (midnight + HOUR, "confirm"),
    ]:
        store.record_check(check(at, verdict))
    days = store.stats(midnight - DAY, midnight + DAY).days
    assert [(d.day.day, d.allow, d.confirm, d.block) for d in days] == [(9, 0, 0, 1), (10, 2, 1, 0)]
    assert [d[1:] for d in store.stats(midnight, midnight + DAY).days] == [(2, 1, 0)]


def test_days_without_a_check_and_short_days_are_there(store):
    berlin = ZoneInfo("Europe/Berlin")  # 29 March 2026 has 23 hours there
    since, until = (datetime(2026, 3, day, tzinfo=berlin) for day in (27, 31))
    store.record_check(check(datetime(2026, 3, 29, 23, 59, tzinfo=berlin)))
    days = store.stats(since, until).days
    assert [(d.day.day, d.allow) for d in days] == [(27, 0), (28, 0), (29, 1), (30, 0)]


def test_rules_are_counted_with_what_people_did_and_said_of_them(store):
    store.record_check(check(counts={"tone/blame": 2, "data/vague": 1, "asin/unknown": 0}))
    store.record_check(check(counts={"tone/blame": 1}))
    store.add_override(override())
    store.add_feedback(FeedbackRecord(NOW, "data/vague", MARK, "false-positive", "me"))
    store.add_feedback(FeedbackRecord(NOW, "tone/rude", MARK[::-1], "useful", "me"))
    assert store.stats(NOW, NOW + DAY).rules == (
        RuleCount("tone/blame", findings=3, checks=2, overridden=1, false_positives=0, useful=0),
        RuleCount("data/vague", findings=1, checks=1, overridden=0, false_positives=1, useful=0),
        RuleCount("tone/rude", findings=0, checks=0, overridden=0, false_positives=0, useful=1),
    )
    assert store.stats(NOW - DAY, NOW).rules == ()


def test_overrides_hold_for_their_mail_until_they_expire(store):
    other = MARK[::-1]
    store.add_override(override(findings=[("tone/blame", MARK, "why"), ("data/vague", other, "because")]))
    assert store.overrides("d", NOW) == {MARK, other}
    assert store.overrides("another", NOW) == frozenset()
    assert store.overrides("d", NOW + HOUR) == frozenset()
    stats = store.stats(NOW, NOW + DAY)
    assert [(line.rule, line.reason) for line in stats.overrides] == [("tone/blame", "why"), ("data/vague", "because")]
    assert stats.override_count == 2


def test_a_second_word_of_the_same_person_replaces_the_first(store):
    for by, verdict in [("me", "useful"), ("me", "false-positive"), ("you", "useful")]:
        store.add_feedback(FeedbackRecord(NOW, "data/vague", MARK, verdict, by))
    assert [(r.false_positives, r.useful) for r in store.stats(NOW, NOW + DAY).rules] == [(1, 1)]


def test_followups_are_due_until_they_are_settled(store):
    for _ in range(2):  # a click that was repeated
        store.add_followup(FollowUp("d", NOW + HOUR, NOW))
    store.add_followup(FollowUp("e", NOW + 2 * HOUR, NOW))
    assert store.due_followups(NOW) == ()
    assert [f.digest for f in store.due_followups(NOW + 2 * HOUR)] == ["d", "e"]
    assert store.settle_followups("d", NOW + HOUR) == 1
    assert store.settle_followups("d", NOW + HOUR) == 0
    assert [f.digest for f in store.stats(NOW, NOW + DAY).followups] == ["e"]


def test_waivers_are_in_force_until_they_expire_or_are_ended(store):
    rule = store.add_waiver(rule="tone/*", owner="陈晓", reason="試行", expires=NOW + DAY, now=NOW)
    one = store.add_waiver(fingerprint=MARK, owner="o", reason="r", expires=NOW + 2 * DAY, now=NOW)
    assert store.waivers(NOW) == (rule, one)
    assert [w.mark for w in store.waivers(NOW)] == ["tone/*", MARK]
    assert store.waivers(NOW + DAY) == (one,)
    assert store.end_waiver(one.id, NOW + HOUR)
    assert not store.end_waiver(one.id, NOW + HOUR)
    assert [w.id for w in store.waivers(NOW)] == [rule.id, one.id]  # as it was then
    assert [w.id for w in store.waivers(NOW + HOUR)] == [rule.id]
    with pytest.raises(ValueError, match="not both"):
        store.add_waiver(owner="o", reason="r", expires=NOW, now=NOW)


def test_a_key_is_known_until_it_is_revoked_and_kept_as_a_hash(store):
    record, plain = store.add_key("插件", NOW)
    other, _ = store.add_key("gate", NOW)
    assert store.key_of(plain, NOW) == record
    assert store.key_of(plain + "x", NOW) is None
    kept = store.keys()
    assert [(k.id, k.last_used) for k in kept] == [(record.id, NOW), (other.id, None)]
    assert store.revoke_key(record.id, NOW + HOUR)
    assert not store.revoke_key(record.id, NOW + HOUR)
    assert store.key_of(plain, NOW + HOUR) is None
    assert store.keys()[0].revoked == NOW + HOUR


def test_purge_deletes_what_is_old_and_only_that(store):
    old, young = NOW - 10 * DAY, NOW
    for at in (old, young):
        store.record_check(check(at, counts={"tone/blame": 1}))
        store.add_override(override(at, expires=at + HOUR))
        store.add_feedback(FeedbackRecord(at, "tone/blame", MARK, "useful", f"{at}"))
        store.add_followup(FollowUp("d", at, at))
        store.add_waiver(rule="tone/*", owner="o", reason="r", expires=at + HOUR, now=at)
        store.revoke_key(store.add_key("k", at)[0].id, at)
    in_use, _ = store.add_key("in use", old)
    assert store.purge(NOW - 5 * DAY) == 6
    assert store.purge(NOW - 5 * DAY) == 0
    stats = store.stats(old, NOW + DAY)
    assert sum(sum(d[1:]) for d in stats.days) == 1
    assert stats.rules == (RuleCount("tone/blame", 1, 1, 1, 0, 1),)
    assert len(stats.followups) == len(store.all_waivers()) == 1
    kept = store.keys()
    assert [k.id for k in kept if k.revoked is None] == [in_use.id]


@pytest.mark.parametrize("odd", ["\ud800", "\0", None])
def test_a_record_is_written_whole_or_not_at_all(store, odd):
    broken = override(findings=[("tone/blame", MARK, "why"), ("tone/blame", odd, "why")])
    with pytest.raises(RecordError):
        store.record([check(), broken])
    assert sum(sum(d[1:]) for d in store.stats(NOW, NOW + DAY).days) == 0
    assert store.overrides("d", NOW) == frozenset()
    store.record([check()])  # the store works on
    assert sum(sum(d[1:]) for d in store.stats(NOW, NOW + DAY).days) == 1


def test_every_override_is_known_by_its_mail_expired_or_not(store):
    other = MARK[::-1]
    store.add_override(override())
    store.add_override(override(at=NOW - 2 * DAY, findings=(("tone/blunt", other, "r"),), expires=NOW - DAY))
    store.add_override(override(digest="e"))
    assert store.all_overrides() == {"d": frozenset({MARK, other}), "e": frozenset({MARK})}

"""Posted data that is almost hours or effects of notices, and data that is nothing at all."""

from hypothesis import strategies as st

NAMES = st.sampled_from(
    [
        "key",
        "layer",
        "area",
        "rules",
        "valid_from",
        "annual_from",
        "label",
        "effect",
        "matcher",
        "kind",
        "first",
        "last",
    ]
    + [
        "weekdays",
        "levels",
        "put_off_to",
        "nth",
        "lunar_days",
        "sessions",
        "opens",
        "closes",
        "state",
        "audience",
        "area_key",
        "window_opens",
    ]
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(
        [
            "base",
            "season",
            "holiday",
            "notice",
            "replace",
            "dates",
            "lunar_day",
            "nth_weekday",
            "close",
            "change",
            "2026-11-28",
            "0001-01-01",
            "9999-12-31",
        ]
    )
)
JUNK = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=6),
    max_leaves=20,
)
MINUTES = st.integers(-10, 3000) | st.sampled_from([540, 1020, 1440, 10**20])
SESSIONS = st.lists(
    st.fixed_dictionaries({"opens": MINUTES, "closes": MINUTES}, optional={"last_entry": MINUTES}), max_size=3
)
DAY_TYPES = ["workday", "day_off", "statutory", "eve_of_day_off", "eve_of_holiday", "after_holiday"]
MATCHERS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(
            ["every_day", "weekdays", "day_type", "holiday", "dates", "nth_weekday", "lunar_day", "vacation"]
            + ["term", "put_off"]
        )
    },
    optional={
        "weekdays": st.lists(st.integers(-1, 9), max_size=3),
        "day_types": st.lists(st.sampled_from(DAY_TYPES), max_size=2),
        "holidays": st.lists(st.text(max_size=3), max_size=2),
        "first": st.sampled_from(["2026-11-20", "0001-01-01", "9999-12-31"]),
        "last": st.sampled_from(["2026-11-22", "0001-01-01", "9999-12-31"]),
        "nth": st.lists(st.integers(-2, 9), max_size=2),
        "lunar_month": st.integers(-1, 14),
        "lunar_days": st.lists(st.integers(-1, 40), max_size=3),
        "lunar_new_years_eve": st.booleans(),
        "vacations": st.lists(st.sampled_from(["winter", "x"]), max_size=2),
        "levels": st.lists(st.sampled_from(["primary", "university", "x"]), max_size=2),
        "put_off_to": st.sampled_from(["next_day", "after_holiday"]),
    },
)
RULES = st.lists(
    st.fixed_dictionaries(
        {"key": st.sampled_from("ab")},
        optional={
            "effect": st.sampled_from(["replace", "add", "subtract"]),
            "matcher": MATCHERS,
            "sessions": SESSIONS,
        },
    ),
    max_size=4,
)
NEARLY_HOURS = st.lists(
    st.fixed_dictionaries(
        {"key": st.sampled_from("xy"), "rules": RULES},
        optional={
            "layer": st.sampled_from(["base", "season", "holiday"]),
            "area": st.sampled_from(["", "hall", "?"]),
            "annual_from": st.lists(st.integers(-1, 40), min_size=2, max_size=2),
            "annual_to": st.lists(st.integers(-1, 40), min_size=2, max_size=2),
        },
    ),
    max_size=3,
)
NEARLY_EFFECTS = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["close", "extend", "change", "special_opening"]),
            "first": st.sampled_from(["2026-11-20", "0001-01-01", "9999-12-31"]),
        },
        optional={
            "last": st.sampled_from(["2026-11-22", "0001-01-01", "9999-12-31"]),
            "area_key": st.sampled_from(["evening", "?"]),
            "window_opens": MINUTES,
            "window_closes": MINUTES,
            "sessions": SESSIONS,
        },
    ),
    max_size=3,
)

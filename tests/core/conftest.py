"""A confirmed calendar of 2026, as the State Council announced it."""

import pytest

from openness.core.calendars.models import CalendarYear
from openness.core.calendars.proposals import confirm_year, propose_year


@pytest.fixture
def year_2026(db: None) -> CalendarYear:
    propose_year(2026)
    return confirm_year(
        2026,
        source_title="国务院办公厅关于2026年部分节假日安排的通知",
        source_url="https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm",
    )

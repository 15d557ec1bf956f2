"""Traditional characters for the phrases of ``zh`` and ``terms``, in Mainland usage.

Only our own phrases pass through this table; names and reasons come in the language of the page. It
holds the characters that those phrases use and that differ, each with the one meaning it has there (历
only in 农历, 并 only in 并入), so that a table is enough.
"""

_SIMPLIFIED = (
    "业个为仅众会农况则别动劳单历员国场学实对将属庆开当录总执无时暂来点现筹类约级组织"
    "结节营规记试请调责费资迁运钟错长门闭间阅预馆于价优体余后周复并据腊条紧电话详变"
)
_TRADITIONAL = (
    "業個為僅眾會農況則別動勞單曆員國場學實對將屬慶開當錄總執無時暫來點現籌類約級組織"
    "結節營規記試請調責費資遷運鐘錯長門閉間閱預館於價優體餘後週復併據臘條緊電話詳變"
)

TABLE = str.maketrans(_SIMPLIFIED, _TRADITIONAL)

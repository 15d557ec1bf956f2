"""Characters as they are written to characters as the vocabulary has them, one for one.

Every character becomes exactly one character, so that a place in the folded text is the same place in the
original: full width to half width, the many dashes and colons to one each, the Traditional characters of the
vocabulary to Simplified ones, capitals to small letters. Characters outside the tables stay as they are.
"""

_TRADITIONAL = (
    "週周禮礼館馆閉闭開开間间國国節节慶庆農农曆历歷历臘腊陰阴個个雙双調调為为爲为後后從从順顺則则"
    "學学課课預预約约憑凭費费優优會会員员動动勞劳誕诞號号樓楼廳厅區区場场園园團团體体圖图書书閱阅"
    "覽览兒儿電电話话營营業业務务無无當当備备註注係系請请於于與与並并關关檢检維维護护暫暂進进離离"
    "領领對对實实際际準准補补統统風风氣气颱台況况鐘钟鍾钟兩两總总淩凌歲岁長长專专單单門门僅仅參参"
    "觀观遊游臨临時时變变點点過过換换復复產产舊旧層层線线達达還还親亲廣广東东結结設设應应該该製制"
    "隨随處处樣样認认證证現现將将儘尽終终選选轉转標标題题錯错遲迟給给紀纪劇剧術术藝艺衛卫網网讀读"
    "訊讯廠厂蘭兰島岛灣湾橋桥貓猫鳥鸟別别內内車车陽阳畫画義义黨党醫医療疗種种類类級级報报歡欢辦办"
    "許许獨独諮咨詢询須须據据視视態态飯饭連连續续麼么幾几靜静淨净聽听試试運运輸输錄录廢废鄉乡鎮镇"
    "縣县華华適适舉举發发佈布稱称項项傳传習习貝贝銷销綠绿藍蓝寶宝龍龙雲云導导損损壞坏賓宾樂乐劃划"
    "佔占眾众衆众價价宮宫徑径惡恶戶户斷断來来溫温碼码籃篮絕绝繕缮規规詳详說说諒谅謝谢購购隊队階阶陳陈黃黄"
    "條条檔档晝昼屆届數数啟启勢势競竞圍围牆墙掛挂壓压廁厕裡里餘余臺台颳刮"
)
_DASHES = "‐‑‒–—―─━−－﹣~～〜∼˜⁓﹘ー⸺⸻→"
_COLONS = "：∶﹕︰ː꞉"
_SPACES = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_BREAKS = "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_COMMAS = "，﹐､"
_SEMICOLONS = "；﹔①②③④⑤⑥⑦⑧⑨⑩"
_STOPS = "。！？!?｡|｜"
_OPENING = "（［【〔〖﹝〈[{｛"
_CLOSING = "）］】〕〗﹞〉]}｝"


def _table() -> dict[int, int]:
    table = {0xFF01 + offset: 0x21 + offset for offset in range(94)}  # full-width ASCII
    table |= {ord(capital): ord(capital) + 32 for capital in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    table |= {0xFF21 + offset: ord("a") + offset for offset in range(26)}
    pairs = zip(_TRADITIONAL[::2], _TRADITIONAL[1::2], strict=True)
    table |= {ord(traditional): ord(simplified) for traditional, simplified in pairs}
    for characters, folded in (
        (_DASHES, "-"),
        (_COLONS, ":"),
        (_SPACES, " "),
        (_BREAKS, "\n"),
        (_COMMAS, ","),
        (_SEMICOLONS, ";"),
        (_STOPS, "。"),
        (_OPENING, "("),
        (_CLOSING, ")"),
    ):
        table |= {ord(character): ord(folded) for character in characters}
    return table


_TABLE = _table()


def fold(text: str) -> str:
    """Return `text` in the characters of the vocabulary; it has the same length."""
    return text.translate(_TABLE)

"""The vocabulary: the words that the parser knows, in the characters of `fold`."""

from collections.abc import Iterator

from venues.hours.model import DayType, Kind, Matcher, MatcherKind, PutOff, State
from venues.hours.parse.words import Value, Word

_HOLIDAY_NAMES = {
    "new_year": "元旦 元旦节",
    "spring_festival": "春节",
    "qingming": "清明 清明节",
    "labour_day": "五一 五一节 劳动节 五一劳动节 五一国际劳动节 国际劳动节",
    "dragon_boat": "端午 端午节",
    "mid_autumn": "中秋 中秋节",
    "national_day": "国庆 国庆节 十一国庆节 十一国庆 十一期间 十一假期 十一长假 十一黄金周",
    "local": "其他假日",
}
_ANY_HOLIDAY = (
    "法定节假日 国家法定节假日 国家法定假日 国家规定的法定节假日 国家节假日 "
    "全国法定节假日 法定假日 法定假期 法定节日 国家法定节日 国家法定假期 法定公众假期 "
    "法定公共假日 国定假日 国定节假日 国定假期 公众假期 公众假日 公共假期 公共假日 "
    "节假日 节日假日 法定假 国假日 重大节假日 重要节假日"
)

_SUCH_HOLIDAYS = "等法定节假日 等节假日 等国家法定节假日 等国定假日 等法定假日"


def _day_types(*types: DayType) -> Matcher:
    return Matcher(MatcherKind.DAY_TYPE, day_types=types)


def _named_days() -> Iterator[tuple[Matcher, str]]:
    for code, words in _HOLIDAY_NAMES.items():
        yield Matcher(MatcherKind.HOLIDAY, holidays=(code,)), words
    yield Matcher(MatcherKind.HOLIDAY), _ANY_HOLIDAY
    yield (
        _day_types(DayType.STATUTORY),
        "法定节日当天 法定节日当日 法定节假日当天 法定节假日当日 节日当天 节日当日 法定假日当天",
    )
    yield _day_types(DayType.WORKDAY), "工作日 上班日 法定工作日"
    yield _day_types(DayType.DAY_OFF), "休息日 公休日 非工作日 法定休息日"
    yield (
        _day_types(DayType.MAKEUP_WORKDAY),
        "调休上班日 调休工作日 调休上班 调休补班日 补班日 调为工作日 调休为工作日 调整为工作日 "
        "因调休上班 调班日 调休日上班",
    )
    yield _day_types(DayType.EVE_OF_DAY_OFF), "休息日前一天 休息日前一日 公休日前一天"
    yield (
        _day_types(DayType.EVE_OF_HOLIDAY),
        "法定节假日前一天 法定节假日前一日 节假日前一天 节假日前一日 节前一天 节前一日 国定假日前一天",
    )
    yield (
        _day_types(DayType.AFTER_HOLIDAY),
        "法定节假日后第一天 节假日后第一天 节后第一天 节后首日 法定节假日后首日 节假日后首日 "
        "假期后第一天 节后第一日 国定假日后第一天 节后第一个工作日 节后首个工作日 节假日后第一个工作日 "
        "法定节假日后第一个工作日 节假日后首个工作日 假期结束后第一天 节假日结束后第一天",
    )
    yield Matcher(MatcherKind.VACATION), "寒暑假 寒假暑假 寒、暑假 寒假和暑假 寒假及暑假 寒假、暑假 寒暑期"
    yield Matcher(MatcherKind.VACATION, vacations=("winter",)), "寒假"
    yield Matcher(MatcherKind.VACATION, vacations=("summer",)), "暑假 暑期"
    yield Matcher(MatcherKind.TERM, weekdays=(0, 1, 2, 3, 4)), "上课日 学生上课日 教学日"
    yield Matcher(MatcherKind.TERM), "学期中 学期内 学期 学期期间 上学期间 教学期间 开学期间 在校期间"


# What each word is: kind, value, words.
_VOCABULARY: tuple[tuple[Word, Value, str], ...] = (
    (Word.SUCH, Matcher(MatcherKind.HOLIDAY), _SUCH_HOLIDAYS),
    (Word.PERIOD, "dawn", "凌晨 清晨前 半夜 午夜"),
    (Word.PERIOD, "morning", "上午 早上 早晨 早 清晨 清早 午前 am a.m. 晨"),
    (Word.PERIOD, "noon", "中午 正午 午间"),
    (Word.PERIOD, "afternoon", "下午 午后 pm p.m."),
    (Word.PERIOD, "evening", "晚上 晚间 晚 傍晚 夜间 夜晚 夜里 每晚"),
    (Word.NEXT_DAY, None, "次日 翌日 第二天 第二日"),
    (
        Word.ALL_DAY,
        None,
        "全天 全日 全天候 24小时 24h 24小时全天 全天24小时 二十四小时 7x24小时 7*24小时 7×24小时 "
        "24小时不打烊 昼夜 全天候24小时 全日24小时 24小时全日",
    ),
    (
        Word.EVERY_DAY,
        None,
        "每日 每天 天天 全年 常年 全年365天 365天 全年每天 全年每日 日常 一年四季 四季 全周 每周7天 "
        "一周七天 周一至周日全周",
    ),
    (Word.WEEKDAYS, (5, 6), "周末 双休日 双休 周六日 周六周日 星期六日 礼拜六日"),
    (Word.LUNAR, None, "农历 阴历 旧历 夏历"),
    (Word.LUNAR_MONTH, 1, "正月 大年 年 农历新年 农历年 新春"),
    (Word.LUNAR_MONTH, 11, "冬月"),
    (Word.LUNAR_MONTH, 12, "腊月"),
    (Word.NEW_YEARS_EVE, None, "除夕 大年除夕 除夕夜 大年三十 年三十 大年夜"),
    (Word.EVERY_MONTH, None, "每月 每个月 每月的 每逢每月 每月末"),
    (Word.EVERY_YEAR, None, "每年 每年的"),
    (Word.NTH, (-1,), "最后一个 最后1个 末个"),
    (Word.NTH, (1,), "首个 头一个"),
    (Word.LEVEL, ("primary", "junior", "senior"), "中小学 中小学校 中小学生"),
    (Word.LEVEL, ("primary",), "小学 小学生"),
    (Word.LEVEL, ("junior", "senior"), "中学 中学生"),
    (Word.LEVEL, ("junior",), "初中"),
    (Word.LEVEL, ("senior",), "高中"),
    (Word.LEVEL, ("university",), "高校 大学 大专院校 高等院校 大学生"),
    (Word.LEVEL, (), "学校 学生"),
    (Word.ON_THE_DAY, None, "当天 当日 全民健身日 国际博物馆日"),
    (Word.MEETS, None, "遇 如遇 若遇 逢 如逢 若逢 适逢 恰逢 遇到 如遇到 若遇到 为 若为 如为 正逢 凡遇 凡逢"),
    (Word.MEETS, "if", "如 若 如果"),
    (
        Word.THE_REST,
        None,
        "其余时间 其他时间 其余日子 其他日子 其余日期 其他日期 其余各天 其余 其他 余日 其余天 平日 "
        "平时 平常 其它时间 其余每天 其余时段 其他时段",
    ),
    (Word.REST_OF_YEAR, None, "其他季节 其余季节 其他月份 其余月份 其它月份 其它季节 其余各月 其他各月"),
    (Word.NEXT_YEAR, None, "次年 翌年 第二年 来年"),
    (Word.SINCE, None, "自 从"),
    (Word.FROM_THEN, None, "起"),
    (Word.SEASON, ("summer",), "夏季 夏令时 夏令 夏天 夏时制 夏令时间 夏季时间 夏令时段 夏季开放时间 夏"),
    (Word.SEASON, ("winter",), "冬季 冬令时 冬令 冬天 冬时制 冬令时间 冬季时间 冬令时段 冬季开放时间 冬"),
    (Word.SEASON, ("spring",), "春季 春天 春"),
    (Word.SEASON, ("autumn",), "秋季 秋天 秋"),
    (Word.SEASON, ("spring", "summer"), "春夏季 春夏 春夏两季"),
    (Word.SEASON, ("autumn", "winter"), "秋冬季 秋冬 秋冬两季"),
    (Word.SEASON, ("spring", "autumn"), "春秋季 春秋 春秋两季"),
    (Word.SEASON, ("winter", "spring"), "冬春季 冬春 冬春两季"),
    (Word.SEASON, ("summer", "autumn"), "夏秋季 夏秋 夏秋两季"),
    (Word.SEASON, ("high",), "旺季"),
    (Word.SEASON, ("low",), "淡季"),
    (
        Word.OPEN,
        None,
        "开放 对外开放 开馆 开门 营业 对外营业 接待观众 向社会开放 对社会开放 向公众开放 对公众开放 "
        "面向公众开放 免票开放 开园 提供服务 接待",
    ),
    (
        Word.CLOSED,
        None,
        "闭馆 休馆 休息 关闭 闭园 休园 关门 打烊 停业 歇业 不开放 不对外开放 不开馆 停止开放 "
        "停止对外开放 暂停开放 暂停对外开放 暂停服务 暂停营业 闭馆休息 闭馆检修 闭馆维护 闭馆整修 "
        "闭馆整理 闭馆消毒 闭馆装修 闭馆改造 闭馆维修 例行闭馆 全天闭馆 全馆闭馆 午休 不营业 不接待 "
        "谢绝参观 休 闭馆日 为闭馆日 固定闭馆 停止服务 例行闭馆检修 闭馆维护保养 不开门 关馆 "
        "闭馆装修中 闭馆修缮 闭馆施工 闭馆一天 闭馆1天 休馆一天 不予开放 例行休馆 闭馆内部整理 "
        "闭馆内部整修 全天休馆 全天不开放 闭馆整休 闭馆休整 闭馆学习 "
        "闭馆保养 闭馆清洁 暂不开放 暂不对外开放 暂停对公众开放 暂时闭馆 临时闭馆",
    ),
    (
        Word.AS_USUAL,
        None,
        "照常开放 正常开放 照常 正常 照常营业 正常营业 开放如常 照常对外开放 正常对外开放 照常开馆 "
        "正常开馆 照常接待 正常接待观众 不闭馆 不休息 不休馆 不休 不闭园 则照常开放 仍照常开放 仍正常开放 "
        "无休 照开",
    ),
    (
        Word.NO_REST,
        None,
        "全年无休 全年不休 全年不闭馆 无休息日 全周无休 全年无休息日 全年无闭馆日 天天无休 无闭馆日",
    ),
    (
        Word.NO_BREAK,
        None,
        "中午不休 中午不休息 中午不闭馆 午间不休息 午间不闭馆 午间不休 中午不打烊 中午不间断 "
        "中午照常开放 午间照常开放 中午不关门 中午无休 午间连续开放 "
        "中午连续开放 中午不闭园 午间不闭园 午间不打烊 午间不间断 午间不关门",
    ),
    (Word.PUT_OFF, None, "顺延 闭馆时间顺延 闭馆日顺延 依次顺延 闭馆顺延 闭园日顺延 休馆日顺延"),
    (
        Word.PUT_OFF,
        PutOff.NEXT_DAY,
        "顺延一天 顺延一日 顺延1天 顺延至次日 顺延到次日 顺延至第二天 顺延至下一日 顺延至翌日 "
        "次日闭馆 次日休馆 则次日闭馆 翌日闭馆 第二天闭馆 第二日闭馆 次日补休 闭馆日顺延一天 "
        "闭馆日顺延至次日 闭馆时间顺延一天 的次日",
    ),
    (
        Word.PUT_OFF,
        PutOff.AFTER_HOLIDAY,
        "顺延至节后 节后第一个工作日闭馆 节后首个工作日闭馆 顺延至节后第一个工作日 "
        "顺延至节后首个工作日 顺延至节后第一天 顺延至节后首日 节后第一天闭馆 节后首日闭馆 "
        "节后第一天休馆 顺延至假期后第一天 顺延至节后第一日 顺延至节假日后第一天 "
        "顺延至假期结束后第一天 顺延至假期结束后 的节后第一天 闭馆时间顺延至假期结束后第一天 "
        "顺延至节假日结束后第一天",
    ),
    (
        Word.LATER,
        None,
        "另行通知 另行公告 另行公布 另行安排 另行发布 以公告为准 以通知为准 以馆方公告为准 "
        "以当日公告为准 时间另定 另定 请关注公告 详见公告 详见通知 以官网公告为准 以官方公告为准 "
        "提前公告 另行告知 以实际公告为准",
    ),
    (Word.EXCEPT, None, "除外 例外 不在此列 不包括在内"),
    (Word.BESIDES, None, "除 除了"),
    (Word.OUTSIDE, None, "外 以外 之外"),
    (Word.INCLUDING, None, "含 包括 包含"),
    (Word.ONLY, None, "仅 只 仅在 只在 仅限于 每周仅 每周只"),
    (Word.OPENS_AT, None, "开馆时间 开园时间 开门时间 开场时间"),
    (Word.CLOSES_AT, None, "闭馆时间 闭园时间 关门时间 关馆时间 关闭时间 清闭馆时间"),
    (Word.CLOSING_DAYS, None, "闭馆日期 休馆日 休馆时间 休息时间 闭馆日: 休馆日期 每周闭馆日"),
    (
        Word.NO_ENTRY,
        None,
        "停止入馆 停止入场 停止入园 停止进馆 停止进场 停止进园 停止入内 停止入院 停止进入 停止检票 "
        "停止参观者入馆 停止观众入馆 停止观众入场 停止观众进馆 停止接待观众入馆 停止接待 停止参观 "
        "谢绝入馆 谢绝入场 禁止入馆 禁止入场 禁止入园 不再入馆 不再入场 不再进馆 不得入馆 最后入馆 "
        "最后入场 最后入园 最晚入馆 最晚入场 最晚入园 最迟入馆 最迟入场 末次入馆 末次入场 截止入馆 "
        "截止入场 截止入园 入馆截止 入场截止 入园截止 停止游客入园 停止游客入馆 停止读者入馆 "
        "停止放客 止入 最后入馆时间 最后入场时间 最晚入馆时间 最晚入场时间 停止入馆时间 "
        "停止入场时间 停止入园时间 入馆截止时间 入场截止时间 入园截止时间 最晚进馆时间 最后进馆时间 "
        "最晚入园时间 最后入园时间 最迟于 最晚于 最迟 最晚 停止进馆时间 停止进场时间 停止检票入馆 "
        "止步 停止入",
    ),
    (
        Word.NO_TICKETS,
        None,
        "停止领票 停止售票 停止发票 停止换票 停止取票 停止发放门票 停止出票 止票 停票 停售 停售门票 "
        "售票截止 售票截止时间 停止售票时间 停止领票时间 止票时间 领票截止 领票截止时间 "
        "停止换领门票 停止领取门票 停止发放参观券 售票至 停止购票",
    ),
    (Word.CLEARING, None, "清场 静场 清馆 静馆 清园 开始清场 开始静场 开始清馆 清场时间 静场时间 清退观众"),
    (
        Word.BEFORE_CLOSING,
        None,
        "闭馆前 提前 关门前 闭园前 关馆前 结束前 打烊前 每日闭馆前 闭馆时间前 为闭馆前",
    ),
    (Word.AFTERWARDS, None, "后 以后 之后 过后 准时 时 开始"),
    (Word.BEFORE, None, "前 之前 以前"),
    (Word.UNTIL, None, "直至 开到 开至 开放到 开放至 营业至 营业到 开门到 开门至"),
    (Word.KIND, Kind.STAGGERED, "错时 错时开放 错时开放时间 错时服务 错时服务时间 错峰开放 错峰"),
    (
        Word.KIND,
        Kind.EXTENDED,
        "延时 延时开放 延时开放时间 延时服务 延时服务时间 延长开放 延长开放时间 夜间开放 夜间延时 "
        "夜间延时开放 夜场 夜间开放时间 夜间延长开放 夜游 延长",
    ),
    (
        Word.ALSO,
        None,
        "另 另开放 加开 增开 增加开放 还 另外 并于 同时开放 另加 另有 加开夜场 增开夜场 还开放",
    ),
    (
        Word.EXTENDED_TO,
        None,
        "延长至 延长到 延时至 延时到 延至 延长开放至 延时开放至 延长开放到 延时开放到 "
        "闭馆时间延长至 夜间延时至 夜间延长至 闭馆时间延至 开放时间延长至 夜间开放至 夜间延时开放至 "
        "延迟至 推迟至 闭馆时间推迟至",
    ),
    (
        Word.STATE,
        State.BY_BOOKING,
        "预约开放 需预约 凭预约 预约入馆 需提前预约 提前预约 实名预约 预约参观 预约制 实行预约参观 "
        "凭预约入馆 须提前预约 须预约 需实名预约 实行预约制 请提前预约 需预约入馆 须预约入馆 "
        "需提前预约入馆 预约进馆 凭预约入场 预约入场 预约 需要预约 实行预约 需提前电话预约 "
        "需电话预约 电话预约 网上预约 凭预约参观 凭预约码入馆 "
        "实行实名预约 仅接受预约 仅限预约 仅限预约参观 仅限团体预约 "
        "仅接受团体预约 仅接受团体预约参观 仅接受团队预约参观 须提前电话预约 预约入园",
    ),
    (Word.STATE, State.MEMBERS, "仅限会员 会员专场 会员时段 限会员 仅对会员开放 会员专享 只对会员开放"),
    (Word.STATE, State.SELF_SERVICE, "自助开放 自助服务 自助 自助借还 自助借阅"),
    (
        Word.STATE,
        State.OPEN,
        "无需预约 免预约 不需预约 无须预约 不用预约 无需提前预约 散客无需预约 个人无需预约 散客免预约",
    ),
    (
        Word.ADMISSION,
        "free",
        "免费 免费开放 免费参观 免门票 门票免费 免票 免费向公众开放 免费对外开放 免费向社会开放 "
        "免费对公众开放 免费入馆 免费入场 免费开放时间 免费时段 免费对社会开放",
    ),
    (Word.ADMISSION, "paid", "收费 收费开放 售票开放 收费时段 收费开放时间"),
    (Word.ADMISSION, "low_fee", "低收费 低收费开放 低收费时段 低免开放"),
    (Word.ADMISSION, "discount", "优惠 优惠开放 优惠时段 半价"),
    (Word.ADMISSION, "mixed", "部分收费"),
    (
        Word.CONDITION,
        None,
        "遇雨 如遇雨天 雨天 遇雨天 遇恶劣天气 恶劣天气 限 仅限 须 需 视天气 视天气情况 凭 下雨 取消 条件",
    ),
    (
        Word.PART,
        None,
        "展厅 院区 自习区 自习室 阅览室 儿童馆 少儿馆 少儿分馆 分馆 景区 旧址 室内场馆 室外场地 "
        "室内 室外 户外 停车场 主馆 主楼 新馆 老馆 书房 花园 园区 大厅 报告厅 健身房 其他区域 "
        "其余区域 外借室 广场 公共区域 电子阅览室 少儿阅览室 总馆 服务台 游泳馆 游泳池 篮球场 "
        "足球场 网球场 羽毛球馆 乒乓球馆 田径场 图书借阅区 报刊阅览区 借阅区 少儿区 儿童区 办证处 "
        "外借部 期刊部 外借处 少儿部 期刊室 期刊阅览室 外文阅览室 中庭 "
        "老馆区 新馆区 自修室 自修区 馆外广场 室外广场 户外广场 馆前广场",
    ),
    (
        Word.VENUE,
        None,
        "博物馆 博物院 图书馆 文化馆 纪念馆 美术馆 科技馆 体育馆 体育场 艺术馆 展览馆 陈列馆 本馆 "
        "我馆 全馆 场馆 馆内 馆 本院 公园 本中心 本园 文化中心 体育中心 本场馆 各馆 故居 规划馆 "
        "学校体育场地 校园体育场地 体育场地 学校体育设施 体育设施 寺院 寺庙 教堂 植物园 动物园 "
        "档案馆 青少年宫 文化宫 少年宫 天文馆 自然馆 大剧院",
    ),
    (
        Word.LABEL,
        None,
        "开放时间 营业时间 服务时间 参观时间 借阅时间 作息时间 对外开放时间 开放时段 入馆时间 "
        "场馆开放时间 接待时间 开放日 开放日期 每日开放时间 每周开放时间 日常开放时间 正常开放时间 "
        "时间 开放时间安排 开放安排 办公时间 阅览时间 公众开放时间 时间安排 时段 "
        "公告 温馨提示 备注 注 提示 说明 注意事项 参观须知 入馆须知 读者须知 节假日安排 季节 目前 "
        "现 现行 营业 运营时间 运营 服务 参观 开放时间表 时间表",
    ),
    (Word.NOISE, "each", "每 每逢 凡"),
    (Word.NOISE, "of", "的"),
    (Word.NOISE, "enter", "入馆 入场 进馆 入园 进场 入内"),
    (Word.NOISE, "all", "均 都 各区域均 均为"),
    (
        Word.NOISE,
        None,
        "是 即 其中 则 于 在 各 为 也 调整为 实行 一律 固定 仍 且 并 但 向 对 对外 面向 观众 游客 "
        "读者 市民 群众 公众 社会 为止 统一 共同 进行 例行 时 都是 分为 定为 日期 如下 整修 检修 "
        "维护 消毒 整理 装修 修缮 改造 保养 设备检修 内部整理 馆内整修 内部整修 业务学习 政治学习 "
        "常规 请于 敬请 请 务必 学习 整休 休整 内部学习",
    ),
    (
        Word.REMARK,
        None,
        "团体需预约 团体需提前预约 团体须提前预约 团体请提前预约 团队需提前预约 团队须提前预约 "
        "团队请提前预约 团体参观需提前预约 欢迎光临 欢迎参观 敬请谅解 特此公告 敬请注意 谢谢合作 "
        "尊敬的读者 尊敬的观众 尊敬的游客 尊敬的市民 各位读者 各位观众 广大读者 亲爱的读者 "
        "请提前安排 请合理安排时间 敬请留意 免费不免票 如有变动 如有变化 如有调整 如有变更 "
        "恕不另行通知 敬请关注 请合理安排参观时间 欢迎前来参观 请以现场公告为准 以现场公告为准 "
        "以现场公示为准 以当天公告为准 请注意",
    ),
    (Word.SOME, None, "部分 个别 某些 少数 单周 双周 单双周 逢单周 逢双周"),
    (Word.CAUSE, None, "因 由于 因为 为了"),
    (Word.DURING, None, "期间 假期 长假 小长假 黄金周 放假期间 假日 期 期内 阶段 假期期间 当中"),
    (Word.AND, None, "和 及 以及 与 暨 加 连同 并及 、 / & 跟 +"),
    (Word.DASH, None, "至 到"),
)


def _by_first_character() -> dict[str, list[tuple[str, Word, Value]]]:
    """Return the words under their first character, the longest first."""
    named = ((Word.DAYS, matcher, words) for matcher, words in _named_days())
    found: dict[str, list[tuple[str, Word, Value]]] = {}
    for kind, value, words in (*_VOCABULARY, *named):
        for word in words.split():
            found.setdefault(word[0], []).append((word, kind, value))
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return found


WORDS = _by_first_character()


def word_at(text: str, place: int) -> tuple[str, Word, Value] | None:
    """Return the longest word that begins at `place` of the folded text, with its kind and value."""
    for entry in WORDS.get(text[place], ()):
        if text.startswith(entry[0], place):
            return entry
    return None

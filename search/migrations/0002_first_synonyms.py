from django.db import migrations

# What a new site begins with; from then on the office adds, changes and deletes. Only words that say the same
# everywhere: a synonym widens every question that holds it.
GROUPS = [
    "群艺馆 群众艺术馆 文化馆",
    "文化站 综合文化站 文化服务中心 综合文化服务中心",
    "文体中心 文化体育中心 文化体育服务中心",
    "工人文化宫 职工文化宫 职工之家",
    "青少年宫 少年宫 青少年活动中心",
    "妇女儿童活动中心 妇儿中心",
    "老年大学 老年学校 老年学堂",
    "老年活动中心 老人活动中心 老年人活动中心",
    "博物馆 博物院",
    "科技馆 科学馆 科学技术馆",
    "规划馆 规划展示馆 规划展览馆",
    "城市书房 自助图书馆",
    "公休日 双休日 周末",
    "法定节假日 法定假日 节假日",
    "夜间开放 晚间开放 夜场",
    "开放时间 开馆时间 开门时间 服务时间 营业时间",
    "闭馆 休馆 停止开放 暂停开放",
    "免费 免票 不收费 无偿",
    "门票 票价",
    "预约 预订 预定",
    "读者证 借书证 借阅证",
    "自习室 自修室",
    "羽毛球馆 羽毛球场",
    "乒乓球馆 乒乓球室",
    "篮球馆 篮球场",
    "网球馆 网球场",
    "游泳馆 游泳池 泳池",
    "健身房 健身馆 健身中心",
    "停车场 停车位 停车库",
    "卫生间 厕所 洗手间 公厕",
    "母婴室 哺乳室 育婴室",
    "无线网 无线网络 无线上网 WIFI Wi-Fi WLAN",
    "残疾人 残障人士 残障人",
    "老年人 老人 长者",
    "少年儿童 少儿 儿童 小孩 孩子",
    "文旅局 文化和旅游局 文化广电和旅游局 文广旅局",
    "住建局 住房和城乡建设局",
    "人社局 人力资源和社会保障局",
    "卫健委 卫生健康委员会",
    "发改委 发展和改革委员会",
    "城管局 城市管理局",
    "补贴 补助 津贴",
    "社保 社会保险",
    "医保 医疗保险",
    "二手房 存量房",
    "规范性文件 红头文件",
    "政府信息公开 政务公开 信息公开",
]


def found_synonyms(apps, schema_editor):
    groups = apps.get_model("site_search", "SynonymGroup").objects
    groups.bulk_create([groups.model(words=words) for words in GROUPS])


class Migration(migrations.Migration):

    dependencies = [
        ("site_search", "0001_entries"),
    ]

    operations = [
        migrations.RunPython(found_synonyms, migrations.RunPython.noop),
    ]

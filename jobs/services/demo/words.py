"""Names and titles of the demo market. Invented; any likeness to a person, company or title is chance."""

from random import Random

# fmt: off
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
FEMALE = [
    "婷", "雨桐", "思琪", "梦瑶", "子涵", "欣怡", "佳宁", "晓雯", "可欣", "诗涵", "一诺", "若曦",
    "静怡", "雅楠", "慧敏", "倩", "月", "颖", "媛媛", "书瑶", "语嫣", "依然", "晨曦", "冰洁", "美琳",
    "悦", "瑾", "安琪", "紫萱", "丹丹",
]
MALE = [
    "浩然", "子轩", "宇航", "俊杰", "博文", "志强", "天佑", "泽宇", "嘉豪", "一鸣", "文昊", "鹏", "磊",
    "志远", "建国", "伟", "晨", "明哲", "睿", "立诚", "思远", "凯", "旭东", "景行", "家乐", "海涛",
    "承泽", "昊天", "小龙", "振宇",
]
SCHOOLS = [
    ("郑州工程技术学院", "junior_college"), ("河南开封科技传媒学院", "bachelor"),
    ("郑州大学", "bachelor"), ("河南大学", "bachelor"), ("西北大学", "bachelor"),
    ("陕西师范大学", "master"), ("西安外国语大学", "bachelor"), ("浙江传媒学院", "bachelor"),
    ("上海开放大学", "course"), ("南昌大学", "bachelor"), ("中国传媒大学", "master"),
    ("中原工学院", "bachelor"),
]
MAJORS = [
    "广播电视编导", "影视摄影与制作", "戏剧影视文学", "视觉传达设计", "服装与服饰设计", "软件工程",
    "工商管理", "汉语言文学", "英语", "机械工程", "会计学", "数字媒体艺术",
]
TITLE_HEADS = [
    "重返", "错嫁", "隐婚", "逆光", "春日", "长安", "无声", "归来的", "十里", "云端", "掌心", "雪落",
    "深巷", "旧城", "第七", "迟到的", "黎明前的", "渡口", "青梅", "满城",
]
TITLE_TAILS = [
    "总裁夫人", "那年夏天", "晚风", "证人", "神医", "千金", "月光", "账本", "灯火", "女先生", "信使",
    "药铺", "团圆饭", "小厨娘", "守夜人", "裁缝店", "来信", "王妃", "公交车", "火锅店",
]
COMPANIES = [
    "星河", "麦田", "青禾", "云栖", "沐光", "拾光", "北辰", "远山", "木棉", "黄河岸", "长安里", "四季",
    "竖屏", "灯塔", "白鹿", "锦程", "川上", "朝阳", "有戏", "山海",
]
LINES = [
    "愿意从基础做起，能吃苦。", "拍过三部毕业短片，熟悉片场流程。", "转行入行，做事细致。",
    "学过四天短训，想多跟组。", "会开车，随叫随到。", "喜欢竖屏叙事，学习快。", "",
]


def person_name(rng: Random, sex: str) -> str:
    return rng.choice(SURNAMES) + rng.choice(FEMALE if sex == "female" else MALE)


def titles(rng: Random, count: int) -> list[str]:
    """Return `count` different titles."""
    every = [head + tail for head in TITLE_HEADS for tail in TITLE_TAILS]
    return rng.sample(every, count)


CODE_LETTERS = (
    "0123456789ABCDEFGHJKLMNPQRTUWXY"
)
# fmt: on


def credit_code(number: int) -> str:
    """Return a well-formed unified social credit code; its 18th place is the check digit of GB 32100-2015."""
    body = f"91410100MA{number:07d}"
    weight, total = 1, 0
    for letter in body:
        total += CODE_LETTERS.index(letter) * weight
        weight = weight * 3 % 31
    return body + CODE_LETTERS[(31 - total % 31) % 31]

"""What a crew asks of a base beside its sets: the way there, the nearest hospital, where to eat and sleep.

None of it is published by the bases, so every line is an example and says so where it is read. Towns and stations are
real, the businesses and the hospitals are not.
"""

from hubs.models import Base, Service

MARK_ZH, MARK_EN = "演示市场的示例，以基地通知为准", "example of the demo market; ask the base"

WAYS = {
    "dazhi": (
        "郑州东站乘剧组班车约 40 分钟，05:00 与 06:00 各一班",
        "crew bus from Zhengzhou East, about 40 minutes, at 05:00 and 06:00",
    ),
    "jumei-airport": (
        "郑州航空港站或新郑机场打车约 20 分钟，园区内有货车泊位",
        "20 minutes by taxi from Zhengzhou Airport, parking for lorries on the site",
    ),
    "xinghe-costume": (
        "郑州火车站乘剧组班车约 50 分钟，服装车从北门进",
        "crew bus from Zhengzhou station, about 50 minutes; wardrobe vans by the north gate",
    ),
    "dream-factory": (
        "西安北站地铁转接驳车约 45 分钟，夜戏收工有末班接驳",
        "metro from Xi’an North, then a shuttle, about 45 minutes; a last one after night shoots",
    ),
    "western-short-video": (
        "咸阳国际机场打车约 25 分钟，大门外有两处公交站",
        "25 minutes by taxi from Xianyang Airport; two bus stops at the gate",
    ),
    "fuxi-ai": (
        "西咸新区地铁站步行约 10 分钟，地下有器材电梯",
        "10 minutes on foot from the metro in Xixian; a lift for kit in the basement",
    ),
    "zhongtong-eyewear-market": (
        "高铁到鹰潭北站，剧组班车约 50 分钟到中童镇",
        "fast train to Yingtan North, then a crew bus to Zhongtong, about 50 minutes",
    ),
    "hengdian-world-studios": (
        "高铁到义乌或横店站，景区各门之间有剧组摆渡车",
        "fast train to Yiwu or Hengdian; crew shuttles between the gates",
    ),
}
"""How to get to each base, in both languages."""

MINUTES = {
    "dazhi": 18, "jumei-airport": 15, "xinghe-costume": 22, "dream-factory": 12, "western-short-video": 20, "fuxi-ai": 10,
    "zhongtong-eyewear-market": 25, "hengdian-world-studios": 8,
}  # fmt: skip
"""Minutes by car to the emergency room."""

BUSINESSES = (
    (
        Service.Kind.RESTAURANT, "盒饭与夜宵", "Crew lunches and night meals",
        "盒饭每份 20 元起，前一晚 20:00 前订，送到棚口；夜戏有热汤面。",
        "Lunches from 20 yuan, ordered by 20:00 the evening before and brought to the stage; hot noodles at night.",
    ),
    (
        Service.Kind.HOTEL, "剧组公寓", "Crew apartments",
        "双人间每晚 120 元起，十间以上可按周结；有公共洗衣机和道具间。",
        "Twin rooms from 120 yuan a night, paid by the week from ten rooms on; washing machines and a room for props.",
    ),
    (
        Service.Kind.SHOP, "通宵小店", "All-night shop",
        "电池、胶带、雨衣、暖宝宝，凌晨也开门。",
        "Batteries, tape, raincoats and hand warmers, open all night.",
    ),
)  # fmt: skip


def write() -> None:
    """Fill what each base has not published, and put three businesses beside it; what is there already stays."""
    bases = list(Base.objects.select_related("hub").order_by("pk"))
    for base in bases:
        way, minutes = WAYS.get(base.slug), MINUTES.get(base.slug)
        if way is None or minutes is None:
            continue
        if not base.transport_zh:
            base.transport_zh, base.transport_en = (
                f"{way[0]}（{MARK_ZH}）",
                f"{_sentence(way[1])} ({MARK_EN})",
            )
        if not base.hospital_zh:
            town_zh, town_en = base.hub.name_zh, base.hub.name_en
            base.hospital_zh = f"{town_zh}示例医院急诊，开车约 {minutes} 分钟；急救 120（{MARK_ZH}）"
            base.hospital_en = (
                f"Example Hospital of {town_en}, {minutes} minutes by car; ambulance 120 ({MARK_EN})"
            )
        # Loading the files would take an example away again: they say nothing of the way there.
        base.edited_by_hand = True
        base.save(
            update_fields=["transport_zh", "transport_en", "hospital_zh", "hospital_en", "edited_by_hand"]
        )
    _businesses([base for base in bases if base.slug in WAYS])


def _businesses(bases: list[Base]) -> None:
    Service.objects.bulk_create(
        [
            Service(
                code=f"example-{base.slug}-{kind}", hub=base.hub, base=base, kind=kind, name_zh=f"{zh}（示例）",
                name_en=f"{en} (example)", intro_zh=intro_zh, intro_en=intro_en, source_zh="演示市场的示例",
                source_en="Example of the demo market", edited_by_hand=True,
            )
            for base in bases
            for kind, zh, en, intro_zh, intro_en in BUSINESSES
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]

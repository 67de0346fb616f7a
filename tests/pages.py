"""Pages made like those of Arabic newspapers, with own sentences: menus, share buttons, other stories, and a date in some place."""

# ruff: noqa: E501 — a row of a table, or a line of a page, is one line

from __future__ import annotations

HEADLINE = "مقتل ثلاثة مدنيين في قصف على قرية عين التينة"
PARAGRAPHS = [
    "قُتل ثلاثة مدنيين بينهم طفل، وأصيب خمسة آخرون، في قصف مدفعي استهدف قرية عين التينة في الريف الشرقي صباح الخميس، بحسب سكان من القرية.",
    "وقال مسعف شارك في نقل الجرحى إن القذائف سقطت قرب المدرسة بعد خروج التلاميذ بدقائق، وإن إحدى السيارات احترقت بالكامل في الشارع الرئيسي.",
    "ولم تعلن أي جهة مسؤوليتها عن القصف، في حين نفت القوات المنتشرة شمال القرية أن تكون قد أطلقت النار، ودعت إلى تحقيق مستقل في ما حدث.",
    "وتشهد المنطقة منذ أسابيع تصعيداً متقطعاً أدى إلى نزوح عشرات العائلات نحو القرى المجاورة، وفق ما ذكرته منظمة إغاثية تعمل في المكان.",
]
TOOLS = '<div class="share"><a href="#">فيسبوك</a><a href="#">تويتر</a><a href="#">واتساب</a><a href="#">طباعة</a></div>'
MENU = "".join(f'<li><a href="/s{n}">{name}</a></li>' for n, name in enumerate("الرئيسية سياسة محليات اقتصاد رياضة ثقافة منوعات".split()))
OTHERS = "".join(
    f'<li><a href="/n{n}">{title}</a> <span class="date">{day}</span></li>'
    for n, (title, day) in enumerate(
        [
            ("اجتماع لبحث أسعار الخبز في العاصمة", "5 آذار 2020"),
            ("افتتاح معرض الزهور في الحديقة العامة", "6 آذار 2020"),
            ("فوز فريق المدينة على ضيفه بهدفين", "7 آذار 2020"),
        ]
    )
)
COPYRIGHT = "<footer><p>جميع الحقوق محفوظة © صحيفة العين 2015 - 2023</p><p>تأسست في 1 أيار 2015</p></footer>"


def body() -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def page(
    above: str = "",
    *,
    below: str = "",
    end: str = "",
    head: str = "",
    masthead: str = "",
    aside: str = "",
    title: str = f"{HEADLINE} - صحيفة العين",
    headline: str = f"<h1>{HEADLINE}</h1>",
) -> str:
    """A page: `above` and `below` stand around the headline, `end` after the text, the others where their names say."""
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{title}</title>{head}'
        "<style>p{margin:0}</style><script>var today = '1 شباط 2023';</script></head><body>"
        f'<header class="site-header"><a href="/" class="logo">صحيفة العين</a>{masthead}</header><nav><ul>{MENU}</ul></nav>'
        f"<main><article>{above}{headline}{below}{TOOLS}<div class='content'>{body()}</div>{end}</article></main>"
        f'<aside class="sidebar"><h3>الأكثر قراءة</h3><ul>{OTHERS}</ul>{aside}</aside>'
        f'<section class="related"><h3>مواد ذات صلة</h3><ul>{OTHERS}</ul></section>'
        f'<section class="comments"><h3>التعليقات</h3><div>سالم - 9 آذار 2022: رحمهم الله</div></section>{COPYRIGHT}</body></html>'
    )


# --- whole layouts ---------------------------------------------------------------------------------------------------


def tables_of_2005() -> str:
    """A paper of the years of tables: no article, no headings, font elements, the date in a cell of its own."""
    cells = "".join(f"<tr><td><font face='Arial'>{p}</font></td></tr>" for p in PARAGRAPHS)
    return (
        f"<html><head><meta http-equiv='Content-Type' content='text/html; charset=windows-1256'><title>{HEADLINE}</title></head>"
        f"<body><table width='100%'><tr><td colspan=2><b>صحيفة العين</b></td></tr><tr><td width='20%'><table>"
        + "".join(f"<tr><td><a href='/{n}'>{name}</a></td></tr>" for n, name in enumerate("سياسة اقتصاد رياضة".split()))
        + f"</table></td><td><table><tr><td><font size=5><b>{HEADLINE}</b></font></td></tr><tr><td>الجمعة 21 كانون الثاني 2022</td></tr>{cells}"
        f"</table></td></tr></table><center>جميع الحقوق محفوظة 2005</center></body></html>"
    )


def blog() -> str:
    """A blog in the manner of WordPress in Arabic: month before day, author, tags."""
    return page(
        head='<meta property="og:site_name" content="مدونة الوادي"><meta property="og:type" content="article">',
        below='<div class="entry-meta"><span class="byline">بواسطة <a rel="author" href="/a">هدى سالم</a></span> '
        '<span class="posted-on">يناير 21, 2022</span></div>',
        end='<div class="tags">الوسوم: <a>قصف</a> <a>مدنيون</a></div>',
        title=f"{HEADLINE} | مدونة الوادي",
    )


def agency() -> str:
    """An agency: everything in lines of divs, a dateline in the text, JSON-LD."""
    ld = (
        '<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"وكالة السهل"},'
        f'{{"@type":"NewsArticle","headline":"{HEADLINE}","datePublished":"2022-01-21T08:10:00+03:00","dateModified":"2022-01-25T08:10:00+03:00",'
        '"author":{"@type":"Person","name":"سمير ناصر"},"publisher":{"@type":"Organization","name":"وكالة السهل"}}]}</script>'
    )
    divs = "".join(f"<div>{p}</div>" for p in PARAGRAPHS)
    return (
        f"<html lang=ar><head><title>{HEADLINE}</title>{ld}<link rel=canonical href='https://www.agency.example/news/12345'></head><body>"
        f"<div id=top-bar>الأربعاء 1 شباط 2023</div><div class=menu><a>الأخبار</a><a>الصور</a></div><div class=story><h2>{HEADLINE}</h2>{divs}</div>"
        f"<div class=more-news><a>خبر آخر 3 شباط 2023</a></div></body></html>"
    )


LAYOUTS = {"tables of 2005": tables_of_2005, "blog": blog, "agency": agency, "newspaper": page}

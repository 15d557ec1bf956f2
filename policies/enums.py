"""Closed lists of the policies room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Disclosure(TextChoices):
    """Whether a document may be read by everyone; only the first kind is ever public."""

    VOLUNTARY = "voluntary", _("public")
    ON_REQUEST = "on_request", _("on request")
    NOT_DISCLOSED = "not_disclosed", _("not disclosed")


class DocumentKind(TextChoices):
    """公文种类: the fifteen of 《党政机关公文处理工作条例》 (2012) Art. 8, and what legislators and planners issue."""

    RESOLUTION = "resolution", _("resolution (决议)")
    DECISION = "decision", _("decision (决定)")
    ORDER = "order", _("order (命令、令)")
    COMMUNIQUE = "communique", _("communiqué (公报)")
    ANNOUNCEMENT = "announcement", _("announcement (公告)")
    PUBLIC_NOTICE = "public_notice", _("public notice (通告)")
    OPINION = "opinion", _("opinion (意见)")
    NOTICE = "notice", _("notice (通知)")
    CIRCULAR = "circular", _("circular (通报)")
    REPORT = "report", _("report (报告)")
    REQUEST = "request", _("request (请示)")
    REPLY = "reply", _("reply (批复)")
    BILL = "bill", _("bill (议案)")
    LETTER = "letter", _("letter (函)")
    MINUTES = "minutes", _("minutes (纪要)")
    LAW = "law", _("law (法律)")
    REGULATION = "regulation", _("regulation (法规)")
    RULE = "rule", _("government rule (规章)")
    PLAN = "plan", _("plan (规划、方案)")
    OTHER = "other", _("other")


class CatalogueCategory(TextChoices):
    """信息类别: the categories of Quanzhou's catalogue of government information; their code is part of 索引号."""

    ORGANISATION = "01", _("organisation (机构设置)")
    LEGISLATION = "02", _("laws, rules and normative documents (法规规章和规范)")
    PLANNING = "03", _("plans (规划计划)")
    STATISTICS = "04", _("statistics (统计信息)")
    LICENSING = "08", _("administrative licences (行政许可)")
    CONSTRUCTION = "09", _("major construction projects (重大建设项目)")
    SOCIAL_POLICY = "10", _("education, employment and other policies (教育促进就业等政策)")
    EMERGENCY = "11", _("emergencies (应急管理)")
    INSPECTION = "12", _("supervision (监督检查)")
    PUBLIC_WELFARE = "14", _("public welfare (社会公益事业)")
    NEWS = "25", _("work in progress (工作动态)")
    GUIDES = "26", _("guides to services (办事指南)")
    OTHER = "30", _("other (其他)")


class Relation(TextChoices):
    """What a document does to, or takes from, an earlier one."""

    AMENDS = "amends", _("amends")
    PARTLY_REPEALS = "partly_repeals", _("repeals parts of")
    REPEALS = "repeals", _("repeals")
    REPLACES = "replaces", _("replaces")
    BASED_ON = "based_on", _("is based on")
    IMPLEMENTS = "implements", _("implements")
    FORWARDS = "forwards", _("forwards")


class Validity(TextChoices):
    """In what state a document is on a day; each has exactly one, and the first ones come first in lists."""

    IN_FORCE = "in_force", _("in force")
    AMENDED = "amended", _("in force, amended")
    PARTLY_REPEALED = "partly_repealed", _("in force, partly repealed")
    NOT_YET = "not_yet", _("not yet in force")
    AWAITING_CLEARANCE = "awaiting_clearance", _("term over, awaiting clearance")
    EXPIRED = "expired", _("no longer valid")
    REPLACED = "replaced", _("replaced")
    REPEALED = "repealed", _("repealed")


class Outcome(TextChoices):
    """What a clearance of normative documents decides on one of them."""

    CONTINUES = "continues", _("remains valid (继续有效)")
    TO_AMEND = "to_amend", _("is to be amended (修改)")
    REPEALED = "repealed", _("is repealed (废止)")
    EXPIRED = "expired", _("is no longer valid (失效)")


class InterpretationForm(TextChoices):
    """In what form a document is explained; every form has a text beside it."""

    TEXT = "text", _("in words")
    PICTURE = "picture", _("in pictures")
    VIDEO = "video", _("as a video")
    QUESTIONS = "questions", _("as questions and answers")


class InterpretationSection(TextChoices):
    """The eight sections of an interpretation, in their order: the template of Quanzhou's offices."""

    BACKGROUND = "background", _("Background and grounds")
    GOALS = "goals", _("Goals and tasks")
    PROGRESS = "progress", _("Progress")
    SCOPE = "scope", _("Scope and term")
    CONTENT = "content", _("Main content")
    NOTES = "notes", _("What to note")
    TERMS = "terms", _("Key terms")
    CONTACT = "contact", _("Whom to ask, and telephone")


class MeasureState(TextChoices):
    """How far a measure is, as its lead department last reported."""

    PLANNED = "planned", _("not begun")
    UNDER_WAY = "under_way", _("under way")
    DONE = "done", _("done")
    LASTING = "lasting", _("done, goes on")
    GIVEN_UP = "given_up", _("given up")

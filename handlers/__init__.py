"""The whole conversation on one page: what is answered by whom, and what is said unasked."""

from collections.abc import Callable

from bot.port import Reply
from handlers import book, data, draft, home, lesson, log, remind, save, start, summary
from handlers.routes import Routes, anything, choice, command, doing
from handlers.turn import Turn

ROUTES = Routes(
    (
        command("start batdau", ("bắt đầu", "xin chào bot"), start.welcome),
        command("trogiup help", ("trợ giúp", "giúp tôi với", "help"), home.explain),
        command("menu home", ("trang chính", "menu"), home.show),
        command("giup help_log log", ("ghi buổi giúp", "ghi sổ", "ghi nhật ký", "log a session"), log.start),
        command("again giongtruoc", ("giống lần trước", "như lần trước", "same as last time"), log.again),
        command("so logbook", ("sổ của em", "sổ của tôi", "sổ", "xem sổ", "my logbook"), book.show),
        command("rutlai withdraw", ("rút lại", "xóa buổi vừa ghi", "xoá buổi vừa ghi"), book.withdraw_last),
        command("bai lesson lessons", ("học bài", "bài học", "xem bài", "xem bài học", "lessons"), lesson.topics),
        command("hoctiep resume", ("học tiếp", "continue"), lesson.resume),
        command("nhac remind", ("nhắc", "nhắc em", "nhắc học", "nhắc tôi", "hẹn giờ", "remind me"), remind.show),
        command("dungnhac stop", ("dừng nhắc", "thôi nhắc", "đừng nhắc nữa", "dừng nhắc nhở", "stop"), remind.stop),
        command("lop class week", ("tuần của lớp", "lớp của tôi", "số liệu tuần"), summary.show),
        command("duyet check", ("duyệt", "duyệt buổi ghi"), summary.waiting),
        command("ma codes", ("mã vào lớp", "mã lớp"), summary.codes),
        command("ngonngu language", ("ngôn ngữ", "english", "tiếng việt", "language"), home.language),
        command("dulieu data xemdulieu", ("dữ liệu của em", "dữ liệu của tôi", "my data"), data.show),
        command("rutdongy unconsent", ("rút đồng ý",), data.unconsent),
        command("xoadulieu erase", ("xóa dữ liệu", "xoá dữ liệu", "xóa hết dữ liệu"), data.erase),
        choice("welcome", start.welcome),
        choice("iam", start.iam),
        choice("agree", start.agree),
        choice("callme", start.callme),
        choice("callmore", start.callmore),
        choice("size", start.size),
        choice("home", home.show),
        choice("help", home.explain),
        choice("language", home.language),
        choice("log", log.start),
        choice("again", log.again),
        choice("whom", draft.whom),
        choice("whom+", draft.more_who),
        choice("what", draft.what),
        choice("what+", draft.more_skills),
        choice("when", draft.when),
        choice("went", save.went),
        choice("length", draft.length),
        choice("save", save.save),
        choice("fix", draft.fix),
        choice("drop", save.drop),
        choice("correct", save.correct),
        choice("book", book.show),
        choice("mine", book.mine),
        choice("one", book.one),
        choice("withdraw", book.withdraw),
        choice("topics", lesson.topics),
        choice("topic", lesson.topic),
        choice("lesson", lesson.show),
        choice("resume", lesson.resume),
        choice("step", lesson.step),
        choice("ask", lesson.ask),
        choice("answer", lesson.answer),
        choice("rest", lesson.rest),
        choice("remind", remind.show),
        choice("days", remind.days),
        choice("hours", remind.hours),
        choice("at", remind.at),
        choice("retime", remind.retime),
        choice("pause", remind.pause),
        choice("stop", remind.stop),
        choice("later", remind.later),
        choice("week", summary.show),
        choice("nudge", summary.nudge),
        choice("waiting", summary.waiting),
        choice("check", summary.check),
        choice("codes", summary.codes),
        choice("data", data.show),
        choice("unconsent", data.unconsent),
        choice("erase", data.erase),
        doing("code", start.code),
        doing("nickname", start.nickname),
        doing("stuck", save.stuck),
        doing("log", log.answered),
        anything(log.sentence),
    )
)

# What is said unasked, by the kind of its row in the outbox. Each has a handler's shape and is
# worded when it is sent: an empty list means there is nothing left to say.
UNASKED: dict[str, Callable[[Turn, str], list[Reply]]] = {
    "practice": remind.practice,
    "summary": summary.weekly_summary,
    "nudge": summary.nudged,
}

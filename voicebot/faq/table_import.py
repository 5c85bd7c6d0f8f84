"""A city's own FAQ table, in whatever order and with whatever headings, as rows; problems with place and cure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from voicebot.documents import suggestion
from voicebot.errors import TableError
from voicebot.faq import cells
from voicebot.faq.rows import LABELS, FieldName, Row
from voicebot.sheets.header import Header, find_header
from voicebot.sheets.table import Problem, Table
from voicebot.sheets.table import Row as Line

HEADINGS: Mapping[str, Sequence[str]] = {
    "question": ("質問", "問", "問い", "Q", "お尋ね", "よくある質問", "質問文", "質問内容", "件名", "question"),
    "also": ("別の聞き方", "ほかの聞き方", "他の聞き方", "言い換え", "類似質問", "関連質問", "also"),
    "answer": ("回答", "答", "答え", "A", "回答文", "回答内容", "本文", "answer"),
    "department": ("担当課", "担当", "課", "課名", "部署", "所管課", "所管", "担当部署", "担当課名", "主管課"),
    "keywords": ("キーワード", "検索語", "タグ", "keywords"),
    "category": ("分類", "カテゴリ", "カテゴリー", "大分類", "中分類", "小分類", "ジャンル", "category"),
    "source": ("参照ページ", "URL", "リンク", "ページ", "参照", "参考", "source"),
    "owner": ("管理する課", "管理課", "作成課", "owner"),
    "valid_until": ("有効期限", "期限", "掲載終了日", "公開終了日", "valid_until"),
    "number": ("No", "番号", "通し番号", "ID", "FAQ番号", "項番", "連番"),
}
"""Usual headings by what they mean."""
MOST_SIGNS = 120
"""Of an answer; it takes about twenty seconds to say, and who listens cannot look back."""
MOST_QUESTION_SIGNS = 60
_FIELDS: Mapping[str, FieldName] = {
    "department": "department",
    "keywords": "keywords",
    "source": "source",
    "owner": "owner",
    "valid_until": "valid_until",
    "also": "also",
}


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file says."""

    rows: tuple[Row, ...]
    """That can be used."""
    problems: tuple[Problem, ...]
    """In the order of the file; fatal ones cost their row."""
    notes: tuple[str, ...] = ()
    """About the file as a whole."""

    @property
    def bad_rows(self) -> int:
        """How many rows cannot be used."""
        return len({(problem.sheet, problem.row) for problem in self.problems if problem.fatal})


@dataclass(frozen=True, slots=True)
class Office:
    """What an import must know of the city."""

    departments: Mapping[str, Sequence[str]]
    """Every department with the other names that it goes by."""
    known: Mapping[str, str] = field(default_factory=dict)
    """The department of each question that the city's FAQ has already."""
    default: str = ""
    """The department of rows that name none."""

    def department_called(self, written: str) -> str | None:
        """The one of this name, or of another name of it, or within a longer one (「市民部市民課 住民係」)."""
        flat = "".join(written.split())
        for name, also in self.departments.items():
            if flat in {"".join(one.split()) for one in (name, *also)}:
                return name
        longer = [name for name in self.departments if _names_within(written, name)]
        return max(longer, key=len) if longer else None


def imported(tables: Sequence[Table], office: Office) -> Imported:
    """The rows of every sheet with a header.

    Raises:
        TableError: no sheet has a header with a question and an answer.
    """
    rows: list[Row] = []
    problems: list[Problem] = []
    notes: list[str] = []
    skipped: list[str] = []
    for table in tables:
        header = find_header(table, HEADINGS, ("question", "answer"))
        if header is None:
            skipped.append(table.label)
            continue
        notes += [f"{table.label}: {note}" for note in table.notes]
        notes += _unused(table, header)
        reading = _Reading(table, header, office)
        rows += reading.rows()
        problems += reading.problems
    if len(skipped) == len(tables):
        raise TableError(
            "faq.no_header",
            f"「{tables[0].name}」に、見出しの行が見つかりません。「質問」と「回答」の列に見出しを付けてください。",
        )
    notes += [f"{label}: 「質問」と「回答」の見出しがないので、読みませんでした。" for label in skipped]
    kept, doubled = _without_doubles(rows)
    problems += doubled
    problems.sort(key=lambda problem: ([table.sheet for table in tables].index(problem.sheet), problem.row))
    return Imported(kept, tuple(problems), tuple(notes))


def _unused(table: Table, header: Header) -> Iterator[str]:
    names = [heading for _, heading in header.unknown]
    if names:
        yield f"{table.label}: 使わなかった列があります:「{'」「'.join(name.replace(chr(10), ' ') for name in names)}」"


class _Reading:
    """Reads one table, row by row; collects its problems."""

    def __init__(self, table: Table, header: Header, office: Office) -> None:
        self.problems: list[Problem] = []
        self._table = table
        self._header = header
        self._office = office
        self._above = ""
        self._said: frozenset[FieldName] = frozenset(
            ("question", "answer", *(name for key, name in _FIELDS.items() if key in header.columns))
        )
        self._headings = next(row for row in table.rows if row.number == header.row).cells
        # A table that we have written ourselves is taken by the letter: nothing in it is a number or a mark.
        self._own = tuple(heading for heading in self._headings if heading) == tuple(LABELS.values())

    def rows(self) -> Iterator[Row]:
        """The rows that can be used."""
        for line in (line for line in self._table.rows if line.number > self._header.row):
            if line.cells == self._headings or not self._text(line, "question") + self._text(line, "answer"):
                continue  # the header again, as it is printed on each page; or a line with a category only
            before = len(self.problems)
            row = self._row(line)
            if not any(problem.fatal for problem in self.problems[before:]):
                yield row

    def _row(self, line: Line) -> Row:
        asked, wrapped = self._asked(line)
        if wrapped:
            self._note(line, "question", "行をまたいで書かれているので、一つの質問として読みました。")
        question = self._question(line, asked)
        also = tuple(
            dict.fromkeys((*asked[1:], *(way for text in self._texts(line, "also") for way in cells.lines(text))))
        )
        adds: frozenset[FieldName] = frozenset()
        if "also" not in self._said:
            adds |= {"also"}
        if "keywords" not in self._said:
            adds |= {"keywords"}
        groups = tuple(word for text in self._texts(line, "category") for word in cells.words(_parts(text)))
        named = tuple(word for text in self._texts(line, "keywords") for word in cells.words(text))
        return Row(
            question=question,
            answer=self._answer(line),
            department=self._department(line, question),
            also=also,
            keywords=named or groups,
            source=self._text(line, "source"),
            owner=self._owner(line),
            valid_until=self._day(line),
            number=line.number,
            sheet=self._table.sheet,
            said=self._said,
            adds=adds,
        )

    def _asked(self, line: Line) -> tuple[tuple[str, ...], bool]:
        text = "\n".join(self._texts(line, "question"))
        return (cells.lines(text), False) if self._own else cells.questions(text)

    def _question(self, line: Line, asked: tuple[str, ...]) -> str:
        if not asked:
            self._problem(line, "question", "質問が空です。質問を書くか、この行を消してください。")
            return ""
        if len(asked[0]) < 2:
            self._problem(line, "question", f"「{asked[0]}」は短すぎます。住民が言いそうな質問を書いてください。")
        elif len(asked[0]) > MOST_QUESTION_SIGNS:
            self._note(
                line,
                "question",
                f"質問が{len(asked[0])}字あります。確かめるときに読み上げるので、短い言い方にすると聞きやすくなります。",
            )
        return asked[0]

    def _answer(self, line: Line) -> str:
        written = self._text(line, "answer")
        text = cells.flat(written) if self._own else cells.answer(written)
        if len(text) < 2:
            self._problem(line, "answer", "回答が空です。電話で話す答えを書くか、この行を消してください。")
        elif len(text) > MOST_SIGNS:
            self._note(
                line,
                "answer",
                f"回答が{len(text)}字あり、話すと{len(text) / 6:.0f}秒ほどかかります。"
                f"{MOST_SIGNS}字ほどまでに短くすると、耳で覚えられます。",
            )
        if "http" in text:
            self._note(line, "answer", "URLは電話では伝わりません。「参照ページ」の列に移してください。")
        return written if cells.flat(written) == text else text

    def _department(self, line: Line, question: str) -> str:
        written = self._text(line, "department")
        if written in cells.SAME_AS_ABOVE:
            written = self._above
        self._above = written or self._above
        if not written:
            written = self._office.known.get(question, "") or self._of_sheet() or self._office.default
        if not written:
            cure = "担当課を書くか、--department で課を指定してください。"
            self._problem(line, "department", f"担当課が空です。{cure}")
            return ""
        return self._named(line, "department", written)

    def _of_sheet(self) -> str:
        """A sheet is often named after its department."""
        return self._table.sheet if self._office.department_called(self._table.sheet) else ""

    def _owner(self, line: Line) -> str:
        written = self._text(line, "owner")
        return self._named(line, "owner", written) if written else ""

    def _named(self, line: Line, name: str, written: str) -> str:
        found = self._office.department_called(written)
        if found is None:
            near = suggestion(written, list(self._office.departments))
            self._problem(
                line,
                name,
                f"「{written}」という課はありません。{near}departments.yaml にある課の名前を書いてください。",
            )
            return ""
        if found != written:
            self._note(line, name, f"「{written}」を「{found}」として読みました。")
        return found

    def _day(self, line: Line) -> date | None:
        written = self._text(line, "valid_until")
        found = cells.day(written) if written else None
        if written and found is None:
            self._problem(
                line, "valid_until", f"「{written}」は日付として読めません。2027-03-31 のように書いてください。"
            )
        return found

    def _text(self, line: Line, name: str) -> str:
        return next((text for text in self._texts(line, name) if text), "")

    def _texts(self, line: Line, name: str) -> list[str]:
        return [line.cells[at] for at in self._header.columns.get(name, ())]

    def _problem(self, line: Line, name: str, message: str, *, fatal: bool = True) -> None:
        at = self._header.first(name)
        heading = self._headings[at].replace("\n", " ") if at is not None else ""
        self.problems.append(Problem(line.number, at, heading, message, self._table.sheet, fatal))

    def _note(self, line: Line, name: str, message: str) -> None:
        self._problem(line, name, message, fatal=False)


def _names_within(written: str, department: str) -> bool:
    """Whether the department's whole name is one of the parts: 福祉課 is not in 高齢者福祉課, but in 市民部福祉課."""
    return (
        re.search(rf"(?:^|[部局\s・/／>＞]){re.escape(department)}(?:$|[\s・/／>＞(（]|\S*(?:係|担当)$)", written)
        is not None
    )


def _parts(category: str) -> str:
    """「くらし＞ごみ」 as two words."""
    return category.replace("＞", "、").replace(">", "、").replace("／", "、").replace("/", "、")


def _without_doubles(rows: Sequence[Row]) -> tuple[tuple[Row, ...], list[Problem]]:
    """A question may stand once; the later row is refused and names the earlier one."""
    seen: dict[str, Row] = {}
    problems = []
    for row in rows:
        first = seen.setdefault(row.question, row)
        if first is not row:
            where = (
                f"シート「{first.sheet}」の{first.number}行目" if first.sheet != row.sheet else f"{first.number}行目"
            )
            message = f"「{row.question}」は{where}にもあります。どちらかを消すか、言い方を変えてください。"
            problems.append(Problem(row.number, None, "", message, row.sheet))
    return tuple(seen.values()), problems

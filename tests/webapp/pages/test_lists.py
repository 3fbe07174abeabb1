"""Lists that people read: the inbox by pages, notices, what is found by searching, and by whom."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.webapp.pages.visitor import Visitor

Someone = Callable[[str], Visitor]
Case = tuple[str, str]
COPIES = """
INSERT INTO tasks (id, case_id, organisation_id, step, title, title_en, form, role, queue, state, created_at, due_at,
                   revision, priority)
SELECT gen_random_uuid(), case_id, organisation_id, step, 'Copie ' || lpad(number::text, 4, '0'), title_en, form, role,
       queue, state, created_at, due_at + number * interval '1 minute', revision, priority
FROM tasks, generate_series(1, 999) AS number WHERE id = :task
"""


def test_a_thousand_tasks_are_read_page_by_page_each_once(visitor: Someone, analysis: Case, demo: Session) -> None:
    demo.execute(text(COPIES), {"task": analysis[1].rpartition("/")[2]})
    demo.commit()
    someone = visitor("P03")
    path, found, pages = "/corbeille?boite=queue", [], 0
    while path:
        someone.get(path)
        found += someone.page.xpath("//tr[@data-row]//th/a/text()")
        (path,) = someone.page.xpath("//p/a[contains(@href, 'suite=')]/@href") or [""]
        pages += 1
    copies = [title for title in found if title.startswith("Copie")]
    assert (len(found), pages) == (1000, 40)
    assert copies == sorted(set(copies))
    assert "100+" in someone.said("//nav[@class='pc-tabs']")


def test_a_cursor_that_means_nothing_is_refused_in_words(visitor: Someone) -> None:
    someone = visitor("P03")
    for path in ("/corbeille?boite=queue&suite=x", "/avis?suite=x", "/demandes?suite=x", "/recherche?q=a&suite=x"):
        assert someone.get(path).status_code in (400, 422), path
        assert someone.said("//h1")


def test_a_case_is_found_by_its_number_and_by_a_person(visitor: Someone, analysis: Case) -> None:
    someone = visitor("P03")
    number = analysis[0]
    assert someone.get(f"/recherche?q={number}").location == f"/dossiers/{number}"
    someone.get("/recherche?q=Deschênes")
    assert number in someone.said()


def test_searching_shows_nothing_that_the_reader_may_not_see(visitor: Someone, analysis: Case) -> None:
    someone = visitor("U03")
    for words in (analysis[0], "Deschênes", "DER", "%", "_", ""):
        someone.get("/recherche", query_string={"q": words})
        assert someone.answer is not None
        assert someone.answer.status_code == 200
        assert someone.page.xpath("//tr[@data-row]") == []
        assert "Camille" not in someone.said()


def test_my_requests_are_mine(visitor: Someone, analysis: Case) -> None:
    mine, other = visitor("U01"), visitor("P03")
    mine.get("/demandes")
    other.get("/demandes")
    assert analysis[0] in mine.said()
    assert analysis[0] not in other.said()


def test_a_notice_is_read_once_and_by_its_owner_alone(visitor: Someone, analysis: Case, demo: Session) -> None:
    told = """
        INSERT INTO notices (id, person_id, case_id, kind, step, at)
        SELECT gen_random_uuid(), persons.id, cases.id, 'derogation.signed', 'R23', cases.created_at
        FROM persons, cases WHERE persons.code = 'P03' RETURNING id
    """
    notice = demo.execute(text(told)).scalar_one()
    demo.commit()
    owner, other = visitor("P03"), visitor("P04")
    owner.get("/avis")
    assert "Nouveau" in owner.said()
    assert other.send(f"/avis/{notice}").status_code == 404
    assert owner.send(f"/avis/{notice}").status_code == 303
    owner.get("/avis")
    assert "Nouveau" not in owner.said()
    assert owner.send(f"/avis/{notice}", ouvrir="1").location == f"/dossiers/{analysis[0]}"

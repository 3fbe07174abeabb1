"""Cases and their tasks: start, claim, complete, return, and what each person finds in the inbox.

Verbs, one file each, all ``verb(desk, command)`` and none commits: ``start.start_case`` → Case,
``claim.claim_task`` → Task, ``release.release_task`` → Task, ``assign.assign_task`` → Task,
``draft.save_draft`` → Task, ``complete.complete_task`` → Completion, ``comment.add_comment`` → Comment,
``attach.attach_file`` → Attachment, ``cancel.cancel_case`` → Case, ``act.act_on_case`` → Case,
``fire.fire_timer``.

Questions, each ``query(desk, …)``: ``inbox.inbox(desk, InboxAsked)`` → Page[TaskRow], ``inbox.counts(desk)`` →
{box: at most 100}, ``read_task.task_view(desk, task_id)`` → TaskView, ``read_case.case_view(desk, id_or_number)`` →
CaseView, ``read_case.steps(desk, case)`` → tuple[StepRow, …], ``read_case.history(desk, case, limit, cursor)`` →
Page[HistoryRow], ``list_cases.case_list(desk, CasesAsked)`` → Page[CaseRow], ``attach.read_file(desk, file_id)``
→ Attachment, ``startable.processes(desk)`` → tuple[ProcessRow, …].
"""

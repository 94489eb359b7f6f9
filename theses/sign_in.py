"""What one needs an account for in theses, told on the pages of signing in and up."""

from django.utils.translation import gettext_lazy as _

from cluster_portal.core.sign_in import because


def register() -> None:
    _register_topics()
    _register_applications()
    _register_people()
    _register_works()


def _register_topics() -> None:
    because(
        _("You need an account to propose a thesis topic."),
        *("theses:propose", "theses:propose_organisation", "theses:propose_supervisor"),
        "theses:propose_idea",
    )
    because(_("You need an account to apply to this thesis topic."), "theses:topic_apply")
    because(
        _("You need an account to apply to the topic or to join it as commissioner or supervisor."),
        "theses:topic",
    )
    because(
        _("Sign in to look after your thesis topic."),
        *("theses:topic_edit", "theses:topic_withdraw", "theses:topic_split", "theses:topic_move"),
        *("theses:topic_invite", "theses:applicants", "theses:topic_suggestions"),
    )
    because(_("You need an account to commission the topic."), "theses:topic_commission")
    because(_("You need an account to offer to supervise the topic."), "theses:topic_supervise")
    because(
        _("Sign in to answer what you were asked about a thesis topic."),
        *("theses:approach", "theses:approach_move"),
    )


def _register_applications() -> None:
    because(
        _("Sign in to see the application to a thesis topic."),
        *("theses:application", "theses:application_decline", "theses:application_move"),
        *("theses:application_file", "theses:application_file_remove"),
    )
    because(
        _("Sign in to agree on the interview."),
        *("theses:interview_propose", "theses:interview_pick", "theses:interview_other"),
        "theses:interview_ics",
    )


def _register_people() -> None:
    because(
        _("You need an account to make a profile as a student or supervisor."),
        *("theses:profile", "theses:profile_student", "theses:profile_supervisor"),
        *("theses:profile_open", "theses:profile_let_in", "theses:profile_shut_out"),
        "theses:profile_delete",
    )
    because(
        _("Sign in to see students who seek a topic."),
        *("theses:students", "theses:student", "theses:student_invite"),
    )
    because(_("Sign in to ask the supervisor for your topic."), "theses:supervisor_invite")
    because(
        _("You need an account to get suggestions of thesis topics."),
        *("theses:suggestions", "theses:suggestion_dismiss", "theses:suggestion_restore"),
    )


def _register_works() -> None:
    because(
        _("Sign in to open the workspace of the thesis."),
        *("theses:work", "theses:work_move", "theses:work_interrupt", "theses:work_supervisors"),
        *("theses:agreement_edit", "theses:agreement_confirm", "theses:work_light"),
        *("theses:work_schedule", "theses:milestone_add", "theses:milestone_edit"),
        *("theses:milestone_tick", "theses:milestone_remove", "theses:work_report"),
        *("theses:work_usage", "theses:work_author", "theses:thread_add", "theses:thread_remove"),
    )
    because(
        _("Sign in to answer whether you supervise the thesis."),
        *("theses:supervision", "theses:supervision_move"),
    )

"""The words of refusals about village mode; `wording` joins them with the others."""

from django.utils.translation import gettext as _


def sentences() -> dict[str, str]:
    return {
        "coordinators_only": _("This page is for the coordinator of a village. An admin appoints one."),
        "witness_needed": _("Write who else heard the answer: one name is enough."),
        "witness_alone": _("You cannot be your own witness. Write the name of somebody else who heard it."),
        "manner_unknown": _("Choose one of the answers in the list."),
        "guardian_needed": _(
            "Before 18 a parent or guardian has to hear it and agree. Choose that, with the name."
        ),
        "phone_needed": _("Write the number, or choose that there is no telephone."),
        "phone_is_anothers": _(
            "This number is registered as somebody's own already. Where two people share a phone, choose “of the family”."
        ),
        "wish_needed": _("Choose at least one kind of work."),
        "villager_alike": _(
            "%(name)s with this birthday or number is registered already, in %(village)s. "
            "If this is somebody else, tick that you have looked."
        ),
        "village_full": _(
            "One coordinator speaks for %(most)s people at most. Ask an admin for a second one."
        ),
        "villager_gone": _("This person has an account of her own by now; nobody else speaks in it."),
        "take_over_code": _("This code is wrong or older than 15 minutes. Look at the text message again."),
        "coordinator_already": _("This person is a coordinator already. End that office first."),
        "coordinator_retired": _("This office has ended already."),
        "coordinator_first_retires": _(
            "You speak for a village. Ask an admin to hand its people on first; then you can leave."
        ),
        "successor_needed": _("Choose who speaks for the %(count)s people of this village from now on."),
        "successor_unfit": _("Choose another coordinator who is in office."),
        "day_is_past": _("This day is over. Nobody can be called to it any more."),
    }

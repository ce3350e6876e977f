"""The pages of this app, by noun. Each name is used by templates, notices and the API; renaming one breaks links."""

from django.urls import include, path

from jobs.web import (
    answers,
    bookings,
    calendar,
    call_sheet_draft,
    call_sheets,
    chain,
    contacts,
    crews,
    for_me,
    gains,
    health,
    ladder,
    landing,
    markets,
    my_data,
    my_work,
    notices,
    offers,
    review,
    roles,
    runs,
    searches,
    sets,
    shoots,
    staffing,
    wages,
)

role_pages = [
    path("", roles.role_list, name="list"),
    path("in/<slug:slug>/", roles.in_hub, name="in_hub"),
    path("<int:pk>/", roles.detail, name="detail"),
    path("<int:pk>/apply/", roles.apply, name="apply"),
    path("<int:pk>/take-back/", roles.take_back, name="take_back"),
]

search_pages = [
    path("", searches.search_list, name="list"),
    path("save/", searches.save, name="save"),
    path("<int:pk>/change/", searches.change, name="change"),
    path("<int:pk>/forget/", searches.forget, name="forget"),
]

crew_pages = [
    path("apply/", crews.apply, name="apply"),
    path("join/<str:key>/", crews.join, name="join"),
    path("<int:pk>/", crews.members, name="members"),
    path("<int:pk>/mend/", crews.mend, name="mend"),
    path("<int:pk>/invite/", crews.invite, name="invite"),
    path("<int:pk>/invitations/<int:invitation_pk>/withdraw/", crews.uninvite, name="uninvite"),
    path("<int:pk>/members/<int:member_pk>/", crews.change_right, name="change_right"),
    path("<int:pk>/members/<int:member_pk>/remove/", crews.remove, name="remove"),
]

shoot_pages = [
    path("", shoots.shoot_list, name="list"),
    path("new/", shoots.new, name="new"),
    path("<int:pk>/", shoots.board, name="board"),
    path("<int:pk>/slots/", shoots.slots, name="slots"),
    path("<int:pk>/publish/", shoots.publish, name="publish"),
    path("<int:pk>/wrap/", shoots.wrap, name="wrap"),
    path("<int:pk>/cancel/", shoots.cancel, name="cancel"),
    path("<int:pk>/match/", staffing.match, name="match"),
    path("<int:pk>/send-offers/", staffing.send_offers, name="send_offers"),
    path("<int:pk>/roles/new/", review.new_role, name="new_role"),
    path("<int:pk>/roles/<int:role_pk>/", review.role, name="role"),
    path("<int:pk>/roles/<int:role_pk>/change/", review.change_role, name="change_role"),
    path("<int:pk>/roles/<int:role_pk>/ease/", review.ease_role, name="ease_role"),
    path("<int:pk>/roles/<int:role_pk>/remove/", review.remove_role, name="remove_role"),
    path("<int:pk>/roles/<int:role_pk>/offer/", review.send_offer, name="offer"),
    path("<int:pk>/strike/", review.strike, name="strike"),
    path("<int:pk>/call-sheet/<isodate:day>/", call_sheets.sheet, name="call_sheet"),
    path("<int:pk>/call-sheet/<isodate:day>/confirm/", call_sheets.confirm, name="confirm_call_sheet"),
    path("<int:pk>/call-sheet/<isodate:day>/draft/", call_sheet_draft.draft, name="call_sheet_draft"),
    path("<int:pk>/call-sheet/<isodate:day>/remind/", call_sheets.remind, name="call_sheet_remind"),
    path("<int:pk>/call-sheet/<isodate:day>/paper/", call_sheets.pdf, name="call_sheet_pdf"),
    path("<int:pk>/sets/", sets.sets, name="sets"),
    path("<int:pk>/sets/<int:booking_pk>/release/", sets.release, name="release_set"),
    path("<int:pk>/sets/<int:booking_pk>/confirm/", sets.confirm, name="confirm_set"),
    path("<int:pk>/wages/", wages.wage_list, name="wages"),
    path("<int:pk>/wages/<int:wage_pk>/paid/", wages.paid, name="wage_paid"),
]

run_pages = [
    path("", runs.run_list, name="list"),
    path("<int:pk>/", runs.detail, name="detail"),
    path("<int:pk>/cancel/", runs.cancel, name="cancel"),
]

market_pages = [
    path("", markets.market_list, name="list"),
    path("ask/", markets.ask, name="ask"),
    path("<int:pk>/", markets.detail, name="detail"),
    path("<int:pk>/cancel/", markets.cancel, name="cancel"),
]

offer_pages = [
    path("", offers.offer_list, name="list"),
    path("<int:pk>/", offers.detail, name="detail"),
    path("<int:pk>/accept/", offers.accept, name="accept"),
    path("<int:pk>/decline/", offers.decline, name="decline"),
    path("<int:pk>/withdraw/", offers.withdraw, name="withdraw"),
]

booking_pages = [
    path("cancel/", bookings.cancel, name="cancel"),
    path("contact/", contacts.open_contact, name="contact"),
    path("check-in/", my_work.check_in, name="check_in"),
    path("check-out/", my_work.check_out, name="check_out"),
]

urlpatterns = [
    path("", landing.landing, name="landing"),
    path("home/", landing.home, name="home"),
    path("for-me/", for_me.for_me, name="for_me"),
    path("for-me/fix/", for_me.fix, name="for_me_fix"),
    path("for-me/undo/", for_me.undo, name="for_me_undo"),
    path("my/chain/", chain.chain, name="my_chain"),
    path("my/chain/hold/", chain.hold, name="my_chain_hold"),
    path("my/chain/release/", chain.release, name="my_chain_release"),
    path("my/ladder/", ladder.ladder, name="my_ladder"),
    path("my/searches/", include((search_pages, "searches"))),
    path("my/shoots/", my_work.my_work, name="my_work"),
    path("my/pay/", my_work.my_pay, name="my_pay"),
    path("my/pay/<int:pk>/received/", my_work.received, name="my_pay_received"),
    path("my/profile/gains/", gains.gains, name="my_gains"),
    path("my/calendar/", calendar.my_calendar, name="my_calendar"),
    path("my/calendar/new-address/", calendar.renew, name="my_calendar_renew"),
    path("calendar/<slug:token>.ics", calendar.feed, name="calendar_feed"),
    path("notices/", notices.notice_list, name="notices"),
    path("my/notices/", notices.choices, name="my_notice_choices"),
    path("my/contact-views/", contacts.contact_views, name="my_contact_views"),
    path("my/data/", my_data.my_data, name="my_data"),
    path("my/data/copy/", my_data.ask_copy, name="my_data_copy"),
    path("my/data/copy/<int:pk>/", my_data.fetch_copy, name="my_data_fetch"),
    path("my/data/consent/", my_data.consent, name="my_data_consent"),
    path("my/data/delete/", my_data.leave, name="my_data_delete"),
    path("my/data/keep/", my_data.stay, name="my_data_keep"),
    path("bases/<slug:slug>/days/", sets.base_days, name="base_days"),
    path("roles/", include((role_pages, "roles"))),
    path("shoots/", include((shoot_pages, "shoots"))),
    path("runs/", include((run_pages, "runs"))),
    path("markets/", include((market_pages, "markets"))),
    path("offers/", include((offer_pages, "offers"))),
    path("bookings/<int:pk>/", include((booking_pages, "bookings"))),
    path("answer/<str:key>/", answers.answer, name="answer"),
    path("answer/<str:key>/decline/", answers.decline, name="answer_decline"),
    path("crews/", include((crew_pages, "crews"))),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]

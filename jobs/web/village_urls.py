"""Pages of village mode: the coordinator's desk, a person's own page behind her card, and the offices for admins."""

from django.urls import include, path

from jobs.web import village, village_answers, village_code, village_offices

desk_pages = [
    path("", village.desk, name="desk"),
    path("register/", village.register, name="register"),
    path("office/", village.office, name="office"),
    path("cards/", village.cards, name="cards"),
    path("people/<int:pk>/", village.person, name="person"),
    path("people/<int:pk>/days/", village.days, name="days"),
    path("people/<int:pk>/phone/", village.phone, name="phone"),
    path("people/<int:pk>/card/", village.card, name="card"),
    path("people/<int:pk>/contact/", village_answers.answer, {"kind": "contact"}, name="contact"),
    path("people/<int:pk>/leaving/", village_answers.answer, {"kind": "leaving"}, name="leaving"),
    path("offers/<int:pk>/", village_answers.answer, {"kind": "offer"}, name="offer"),
    path("bookings/<int:pk>/coming/", village_answers.answer, {"kind": "coming"}, name="coming"),
    path("wages/<int:pk>/", village_answers.answer, {"kind": "wage"}, name="wage"),
    path("day/<isodate:day>/", village.day, name="day"),
    path("day/<isodate:day>/call/", village.call, name="call"),
    path("day/<isodate:day>/paper/", village.paper, name="paper"),
]

urlpatterns = [
    path("village/", include((desk_pages, "village"))),
    path("villages/", village_offices.village_list, name="villages"),
    path("villages/<int:pk>/retire/", village_offices.retire, name="village_retire"),
    path("v/", village_code.enter, name="my_code"),
    path("v/word/", village_code.word, name="my_code_word"),
    path("v/own/", village_code.own, name="my_code_own"),
]

"""Pages of consent to likeness, and of the floor under an hour of piecework."""

from django.urls import path

from jobs.web import floors, likeness

urlpatterns = [
    path("my/likeness/", likeness.mine, name="my_likeness"),
    path("my/likeness/<int:pk>/", likeness.answer, name="my_likeness_answer"),
    path("shoots/<int:pk>/likeness/", likeness.of_shoot, name="likeness_of_shoot"),
    path("shoots/<int:pk>/likeness/people/<int:person_pk>/", likeness.ask, name="likeness_ask"),
    path("shoots/<int:pk>/likeness/<int:likeness_pk>/withdraw/", likeness.withdraw, name="likeness_withdraw"),
    path("floors/", floors.floor_list, name="hour_floors"),
]

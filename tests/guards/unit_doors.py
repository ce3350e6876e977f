"""The doors of people who move together: Cai leads a unit, Bo and Flo are in none."""

DOORS = {
    "GET my_unit": "graduates:200 visitor:in *:403",
    "POST my_unit": "graduates:go visitor:in *:403",
    "GET my_unit_find": "graduates:go visitor:in *:403",
    "POST my_unit_act": "cai:go bo,flo:409 visitor:in *:403",
    "GET my_unit_join": "graduates:200 visitor:in *:403",
    "POST my_unit_join": "cai:409 bo,flo:go visitor:in *:403",
    "POST my_unit_apply": "cai:go bo,flo:409 visitor:in *:403",
    "POST my_unit_take_back": "cai:go bo,flo:409 visitor:in *:403",
}

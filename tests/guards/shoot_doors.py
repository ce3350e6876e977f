"""The doors of a shoot: who may do what, see `matrix`."""

CREW_READS = "crew,admin:200 visitor:in *:404"
RUNS_READS = "runs:200 head,viewer,admin:403 visitor:in *:404"
RUNS_ACTS = "runs:go head,viewer,admin:403 visitor:in *:404"
# A head's own department is the lighting of the role that is acted on.
STAFF_READS = "runs,head:200 viewer,admin:403 visitor:in *:404"
STAFF_ACTS = "runs,head:go viewer,admin:403 visitor:in *:404"

DOORS = {
    "GET shoots:list": "managers,editor,admin:200 visitor:in *:403",
    "GET shoots:new": "managers,editor,admin:200 visitor:in *:403",
    # A crew one does not run is no choice of the form.
    "POST shoots:new": "runs:go managers,editor,admin:400 visitor:in *:403",
    "GET shoots:plan": "managers,editor,admin:200 visitor:in *:403",
    "GET shoots:edit": RUNS_READS,
    "POST shoots:edit": RUNS_ACTS,
    "GET shoots:clone": RUNS_READS,
    "POST shoots:clone": RUNS_ACTS,
    "GET shoots:grid": STAFF_READS,
    "POST shoots:grid": STAFF_ACTS,
    "GET shoots:forecast": STAFF_READS,
    "GET shoots:import": RUNS_READS,
    "GET shoots:role_list_file": RUNS_READS,
    "POST shoots:import": RUNS_ACTS,
    "GET shoots:import_list": RUNS_READS,
    "POST shoots:import_list": RUNS_ACTS,
    "GET shoots:board": CREW_READS,
    "GET shoots:slots": CREW_READS,
    "POST shoots:casting": RUNS_ACTS,
    "GET shoots:compare": CREW_READS,
    "GET shoots:write": STAFF_READS,
    "POST shoots:write": STAFF_ACTS,
    "GET shoots:person": CREW_READS,
    "POST shoots:remember": STAFF_ACTS,
    "GET shoots:find": STAFF_READS,
    # The application is for another department's role, and Bo's own.
    "POST shoots:decline_application": "runs:go bo,viewer,admin:403 visitor:in *:404",
    "POST shoots:publish": RUNS_ACTS,
    "GET shoots:wrap": RUNS_READS,
    "POST shoots:wrap": RUNS_ACTS,
    "GET shoots:cancel": RUNS_READS,
    "POST shoots:cancel": RUNS_ACTS,
    "POST shoots:match": RUNS_ACTS,
    "GET shoots:send_offers": RUNS_READS,
    "POST shoots:send_offers": RUNS_ACTS,
    "GET shoots:new_role": STAFF_READS,
    "POST shoots:new_role": STAFF_ACTS,
    "GET shoots:role": CREW_READS,
    "POST shoots:ease_role": STAFF_ACTS,
    "GET shoots:edit_role": STAFF_READS,
    "POST shoots:edit_role": STAFF_ACTS,
    # A head does not even see a role of another department.
    "POST shoots:remove_role": "runs:go viewer,admin:403 visitor:in *:404",
    "POST shoots:offer": RUNS_ACTS,
    "POST shoots:strike": RUNS_ACTS,
    "POST shoots:confirm_call_sheet": "cai:go crew,admin:403 visitor:in *:404",
    "GET shoots:wages": RUNS_READS,
    "POST shoots:wage_paid": RUNS_ACTS,
}

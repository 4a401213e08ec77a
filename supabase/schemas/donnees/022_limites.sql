-- How often one person may ask one thing, a minute. A limit that an environment has tuned, or added, stays its own.

insert into private.limites (route, par_minute) values
  ('GET', 1200),
  ('POST', 600),
  ('PUT', 600)
on conflict (route) do nothing;

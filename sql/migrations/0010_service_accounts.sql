-- The account of the nightly due list: systemd runs `etalon due emit` as the user etalon-due, whom the socket knows by its peer uid.
-- Identity 0 stands outside the numbering of persons.

insert into work.person (id, username, name, os_user) overriding system value
values (0, 'etalon-due', 'Nightly due list', 'etalon-due');
insert into work.role_grant (person_id, role) values (0, 'manager');

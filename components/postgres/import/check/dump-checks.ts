/** The checks of an import by pg_dump. */
export const DUMP_CHECKS = String.raw`
mapfile -t databases <<< "$IMPORT_DATABASES"
first=postgres
[ "$IMPORT_METHOD" = monolith ] || first=${"$"}{databases[0]}
entry=$first
if ! connects "$first"; then
  case "$said" in
    *'database "'*'" does not exist'*)
      # Another one knows which there are.
      for entry in postgres template1 ""; do
        [ -z "$entry" ] || ! connects "$entry" || break
      done
      there=""
      [ -z "$entry" ] || there=$(ask "$entry" <<< "SELECT string_agg(datname, ', ' ORDER BY datname) FROM pg_database WHERE datallowconn AND NOT datistemplate")
      fail "import.databases: the server has no database $first${"$"}{there:+; it has $there}. Name one of those."
      ;;
    *)
      explain "for the database $first"
      ;;
  esac
  [ -n "$entry" ] && [ "$entry" != "$first" ] || finish
fi

number=$(ask "$entry" <<< "SHOW server_version_num")
if [ $((number / 10000)) -gt "$own" ]; then
  fail "version: the server is PostgreSQL $((number / 10000)), and pg_dump of this image is $own, which reads no newer one. Use version $((number / 10000)) or higher."
elif [ "$number" -lt 90200 ]; then
  fail "server: it is PostgreSQL $((number / 10000)).$((number / 100 % 100)), and pg_dump $own reads 9.2 and newer. Upgrade it to that first."
fi

if [ "$IMPORT_METHOD" = monolith ]; then
  if [ -n "$IMPORT_ROLES" ]; then
    [ "$(ask postgres <<< "SELECT has_table_privilege('pg_authid', 'SELECT')")" = t ] ||
      fail "server.user: the role $PGUSER cannot read pg_authid, where the roles and their passwords are. Use a superuser, or import.roles: [] and declare the roles here."
    missing=$(ask postgres <<< "SELECT string_agg(name, ', ') FROM unnest(string_to_array(:'roles', E'\n')) name WHERE name <> '*' AND NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = name)")
    [ -z "$missing" ] || fail "import.roles: the server has no role $missing. Remove it, or correct its name."
  fi
  missing=$(ask postgres <<< "SELECT string_agg(name, ', ') FROM unnest(string_to_array(:'databases', E'\n')) name WHERE name <> '*' AND NOT EXISTS (SELECT 1 FROM pg_database WHERE datname = name)")
  there=$(ask postgres <<< "SELECT string_agg(datname, ', ' ORDER BY datname) FROM pg_database WHERE datallowconn AND NOT datistemplate")
  [ -z "$missing" ] || fail "import.databases: the server has no database $missing; it has $there. Correct the names."
  # Those that there are, and * is all but the one that every server has.
  mapfile -t databases < <(ask postgres <<< "SELECT datname FROM pg_database WHERE datallowconn AND NOT datistemplate AND (datname = ANY (string_to_array(:'databases', E'\n')) OR ('*' = :'databases' AND datname <> 'postgres')) ORDER BY 1")
  if [[ "$IMPORT_DATABASES" == "*" ]] && [[ ! " ${"$"}{databases[*]} " == *" $IMPORT_DATABASE "* ]]; then
    fail "database.name: the server has no database $IMPORT_DATABASE; it has $there. Use one of those."
  fi
  owns=$(ask postgres <<< "SELECT rolname FROM pg_database d JOIN pg_roles r ON r.oid = datdba WHERE datname = :'database'")
  [ -z "$owns" ] || [ "$owns" = "$IMPORT_OWNER" ] ||
    fail "database.owner: on the server the database $IMPORT_DATABASE belongs to $owns, and not to $IMPORT_OWNER. Use owner $owns, whose tables it has."
fi

share=/usr/share/postgresql/$own
[ -d "$share/extension" ] || share=$(pg_config --sharedir)

# What is in the schemas of users, and not of an extension.
own_objects="pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e')"

total=0
for name in "${"$"}{databases[@]}"; do
  if [ "$name" != "$entry" ] && ! connects "$name"; then
    [ "$name" = "$first" ] || explain "for the database $name"
    continue
  fi
  total=$((total + $(ask "$name" <<< "SELECT pg_database_size(current_database())")))

  if ! has partial; then
    IFS='|' read -r count example < <(ask "$name" <<< "SELECT count(*), min(quote_ident(nspname) || '.' || quote_ident(relname)) FROM $own_objects AND relkind IN ('r', 'p', 'S') AND NOT (has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT'))")
    [ "${"$"}{count:-0}" = 0 ] ||
      fail "server.user: the role $PGUSER cannot read $count of the tables and sequences of the database $name, such as $example. Grant it SELECT on all, such as by pg_read_all_data, or use a superuser."
    if [ "$number" -ge 90500 ]; then
      IFS='|' read -r count example < <(ask "$name" <<< "SELECT count(*), min(quote_ident(nspname) || '.' || quote_ident(relname)) FROM $own_objects AND relkind IN ('r', 'p') AND row_security_active(c.oid)")
      [ "${"$"}{count:-0}" = 0 ] ||
        fail "server.user: row security hides rows of $count of the tables of the database $name from the role $PGUSER, such as of $example, and pg_dump refuses that. On the server: ALTER ROLE \"$PGUSER\" BYPASSRLS, or use a superuser."
    fi
    reads_all="false"
    [ "$number" -lt 180000 ] || reads_all="pg_has_role('pg_read_all_data', 'USAGE')"
    count=$(ask "$name" <<< "SELECT count(*) FROM pg_largeobject_metadata WHERE NOT $reads_all AND NOT pg_has_role(lomowner, 'USAGE') AND NOT EXISTS (SELECT 1 FROM aclexplode(lomacl) WHERE privilege_type = 'SELECT' AND (grantee = 0 OR pg_has_role(grantee, 'USAGE')))")
    [ "${"$"}{count:-0}" = 0 ] ||
      fail "server.user: the role $PGUSER cannot read $count of the large objects of the database $name, which pg_read_all_data does not cover there. Use their owner or a superuser, or pgDumpExtraOptions: [\"--no-large-objects\"] to leave them out."
    while read -r extension; do
      if ! has extension-images && ! has unknown-image && [ ! -e "$share/extension/$extension.control" ]; then
        fail "image: the database $name has the extension $extension, which this image does not have. Use an image with it, or drop the extension on the server."
      elif [[ $'\n'"$IMPORT_NOT_LOADED"$'\n' == *$'\n'"$extension"$'\n'* ]]; then
        fail "parameters: the database $name has the extension $extension, whose library must be preloaded. Set one of its parameters (pgaudit), or add it to sharedPreloadLibraries."
      fi
    done < <(ask "$name" <<< "SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY 1")
  fi

  encoding=$(ask "$name" <<< "SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()")
  if [ "$IMPORT_METHOD" = microservice ] && [ "$encoding" = SQL_ASCII ] && [ "$IMPORT_ENCODING" != SQL_ASCII ]; then
    fail "database.encoding: the database $name is SQL_ASCII, whose text may be of any encoding and cannot be converted to $IMPORT_ENCODING. Use SQL_ASCII, or convert it on the server."
  fi
  if ! has no-tablespaces; then
    spaces=$(ask "$name" <<< "SELECT string_agg(DISTINCT spcname, ', ') FROM pg_class JOIN pg_tablespace t ON t.oid = reltablespace WHERE spcname <> 'pg_global'")
    [ -z "$spaces" ] ||
      fail "import.pgRestoreExtraOptions: tables of the database $name are in the tablespaces $spaces, which do not exist yet during an import. Add \"--no-tablespaces\", and move tables afterwards."
  fi

  [ "$IMPORT_METHOD" = monolith ] || continue
  if ! has partial; then
    roles=$(ask "$name" <<< "SELECT string_agg(DISTINCT rolname, ', ') FROM pg_shdepend s JOIN pg_roles r ON r.oid = refobjid JOIN pg_database d ON datname = current_database() WHERE refclassid = 'pg_authid'::regclass AND (dbid = d.oid OR dbid = 0 AND classid = 'pg_database'::regclass AND objid = d.oid) AND rolname NOT IN ('postgres', 'streaming_replica', :'owner') AND rolname !~ '^(pg|cnpg)_' AND rolname <> ALL (string_to_array(:'roles', E'\n')) AND :'roles' <> '*'")
    [ -z "$roles" ] ||
      fail "import.roles: in the database $name the roles $roles own something or have privileges, and are not imported. Add them, or use pgRestoreExtraOptions: [\"--no-owner\", \"--no-privileges\"]."
    initial=$(ask "$name" <<< "SELECT max(rolname) FROM pg_roles r JOIN (SELECT relowner FROM $own_objects) o ON relowner = r.oid WHERE r.oid = 10 AND rolname <> 'postgres'")
    [ -z "$initial" ] ||
      fail "import.roles: tables of the database $name belong to $initial, the role that the server was created with, which is never imported. On the server: REASSIGN OWNED BY \"$initial\" to another role."
  fi
  if [ "$name" != "$IMPORT_DATABASE" ] && ! has unknown-image; then
    while read -r locale; do
      [ -z "$(LC_ALL="$locale" locale 2>&1 > /dev/null)" ] ||
        fail "image: the database $name has the locale $locale, which this image does not have. Use an image with it, or import the database by itself with method microservice and a locale of its own."
    done < <(ask "$name" <<< "SELECT datcollate FROM pg_database WHERE datname = current_database() UNION SELECT datctype FROM pg_database WHERE datname = current_database()")
  fi
done
has schema-only || fits "$total" "the databases have"
`;

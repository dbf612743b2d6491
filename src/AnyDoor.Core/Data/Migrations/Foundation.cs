using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace AnyDoor.Data.Migrations;

[DbContext(typeof(AnyDoorDb)), Migration("0001_tables")]
internal sealed class Tables() : SqlMigration("0001_tables");

[DbContext(typeof(AnyDoorDb)), Migration("0002_triggers")]
internal sealed class Triggers() : SqlMigration("0002_triggers");

using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Common;

/// <summary>What a fault says to whoever runs a verb: its sentence, without what is for programmers.</summary>
public static class Faults
{
    public static string Sentence(this Exception error) => error switch
    {
        SqliteException { SqliteErrorCode: 8 } or DbUpdateException { InnerException: SqliteException { SqliteErrorCode: 8 } } => "This user may read the database and not write to it. Give it the right to write to the file and its folder.",
        SqliteException { SqliteErrorCode: 14 } => "The database’s file cannot be opened. See that its folder is there, and that this user may write in it.",
        SqliteException { SqliteErrorCode: 13 } or DbUpdateException { InnerException: SqliteException { SqliteErrorCode: 13 } } => "The disk is full. What was finished before is kept; make room, and run the same again.",
        // What could not be written may be about a person: of the database's own words only the code is said.
        DbUpdateException => $"The database did not take what was to be written{(error.InnerException is DbException { SqlState: { } state } ? $" (its code is {state})" : "")}. What was finished before is kept; run the same again.",
        DbException { SqlState: "42501" } => "This role may not do that in this database. Where the app’s role owns nothing, tables are made and changed by their owner: run “migrate” with the owner’s connection in ANYDOOR_OWNER_DATABASE, then this again.",
        DbException => $"The database did not answer as it should: {error.Message} What was finished before is kept; run the same again.",
        ArgumentException { ParamName: { Length: > 0 } name } => error.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal),
        _ => error.Message,
    };
}

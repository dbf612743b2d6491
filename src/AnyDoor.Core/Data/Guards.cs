using System.Text.RegularExpressions;
using AnyDoor.Data.Migrations;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Data;

/// <summary>A trigger that refuses a change of what happened, as the migrations make it.</summary>
/// <param name="Statement">Its own text, without the last semicolon.</param>
internal sealed record Guard(string Name, string Table, string Statement);

/// <summary>
/// What the database refuses by itself: the triggers of the migrations. Somebody with the owner's rights can take them away and change nothing yet, so it is asked for by itself.
/// </summary>
internal static partial class Guards
{
    /// <summary>All that stand after the last migration, in the order in which they are made.</summary>
    public static IReadOnlyList<Guard> Of(AnyDoorDb db, DatabaseKind kind)
    {
        var made = new List<Guard>();
        foreach (Match found in db.Database.GetMigrations().SelectMany(name => Trigger().Matches(SqlMigration.Read(kind.SqlFolder, name))))
        {
            made.RemoveAll(g => g.Name == found.Groups["name"].Value);
            made.Add(new Guard(found.Groups["name"].Value, found.Groups["table"].Value, found.Groups["all"].Value));
        }
        return made;
    }

    /// <summary>The functions that PostgreSQL's triggers call, by name: the text between the dollar signs, and the whole statement.</summary>
    public static IReadOnlyDictionary<string, (string Body, string Statement)> FunctionsOf(AnyDoorDb db, DatabaseKind kind) =>
        db.Database.GetMigrations().SelectMany(name => Function().Matches(SqlMigration.Read(kind.SqlFolder, name))).GroupBy(f => f.Groups["name"].Value, StringComparer.Ordinal)
            .ToDictionary(f => f.Key, f => (f.Last().Groups["body"].Value, f.Last().Value.TrimEnd(';')), StringComparer.Ordinal);

    /// <summary>The same statement, whatever is between its words.</summary>
    public static bool SameText(string one, string other) => Blank().Replace(one, " ").Trim().TrimEnd(';').TrimEnd() == Blank().Replace(other, " ").Trim().TrimEnd(';').TrimEnd();

    public static string Missing(Guard guard) => $"The trigger {guard.Name} on {guard.Table} is missing.";
    public static string Off(Guard guard) => $"The trigger {guard.Name} on {guard.Table} is switched off.";
    public static string Other(Guard guard) => $"The trigger {guard.Name} on {guard.Table} is not the one that AnyDoor makes: it was changed.";
    public static string Strange(string what, string name, string table) => $"The {what} {name} on {table} is not one of AnyDoor’s: it may swallow what is written there.";

    // In a body nothing but the last word before a semicolon is END; PostgreSQL's triggers have no body, and end with the call.
    [GeneratedRegex(@"(?<all>CREATE TRIGGER (?<name>\w+) BEFORE [A-Z ]+ ON (?<table>\w+)\b(?:[^;]*?EXECUTE FUNCTION \w+\(\)|.*?\bEND));", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Trigger();
    [GeneratedRegex(@"CREATE FUNCTION (?<name>\w+)\(\) RETURNS trigger LANGUAGE plpgsql AS \$\$(?<body>.*?)\$\$;", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Function();
    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}

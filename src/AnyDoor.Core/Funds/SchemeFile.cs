using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AnyDoor.Common;
using AnyDoor.Vocabulary;

namespace AnyDoor.Funds;

/// <summary>Reads a scheme file strictly: whole or not at all, and every problem is a sentence that names its field.</summary>
public sealed class SchemeFile
{
    public const string Unreadable = "scheme-file";
    private const long MostPence = 10_000_000_000_000;
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private SchemeFile(SchemeDefinition definition, string body) => (Definition, Body) = (definition, body);

    public SchemeDefinition Definition { get; }

    /// <summary>The file as compact JSON.</summary>
    public string Body { get; }

    public byte[] Fingerprint => SHA256.HashData(Encoding.UTF8.GetBytes(Body));

    public static Result<SchemeFile> Read(string json)
    {
        JsonDocument document;
        try { document = JsonDocument.Parse(json.TrimStart('\uFEFF'), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }); }
        catch (JsonException error) { return new Refusal(Unreadable, $"The file is not JSON: line {error.LineNumber + 1} cannot be read."); }
        using (document)
        {
            var problems = new List<string>();
            var definition = ReadScheme(new JsonFields(document.RootElement, "", problems));
            if (problems.Count == 0) CheckTogether(definition, problems);
            if (problems.Count > 0)
                return new Refusal(Unreadable, string.Join('\n', problems.Take(20)) + (problems.Count > 20 ? $"\nAnd {problems.Count - 20} more." : ""));
            return new SchemeFile(definition, JsonSerializer.Serialize(document.RootElement, Compact));
        }
    }

    /// <summary>
    /// The body with the earlier rules of the version before that still count until their successors start, so that changing a rule from a day on
    /// needs only the new rule in the file and no day is left without one.
    /// </summary>
    public string WithEarlierRulesOf(string? before)
    {
        if (before is null) return Body;
        var starts = Definition.Rules.GroupBy(r => r.Id).ToDictionary(g => g.Key, g => g.Min(r => r.Starts));
        var earlier = JsonNode.Parse(before)!["rules"]!.AsArray()
            .Where(r => starts.TryGetValue(r!["id"]!.GetValue<string>(), out var first) && DateOnly.Parse(r["starts"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture) < first)
            .Select(r => r!.DeepClone()).ToList();
        if (earlier.Count == 0) return Body;
        var body = JsonNode.Parse(Body)!;
        foreach (var rule in earlier) body["rules"]!.AsArray().Add(rule);
        return body.ToJsonString(Compact);
    }

    private static SchemeDefinition ReadScheme(JsonFields file)
    {
        var round = file.Part("round");
        var decision = file.Part("decision");
        var definition = new SchemeDefinition(
            file.Id("id"), file.Text("name", 120), file.Text("fund", 120), file.Text("authority", 120),
            round.Day("opens"), round.Day("closes"), new Money(round.Number("allocation_pence", 0, MostPence)),
            new SchemeDecision(decision.Text("body", 200), decision.Day("date"), decision.Text("minute", 200)),
            file.OptionalObject("fund_round") is { } grant ? ReadRound(grant) : null,
            [.. file.Objects("award_types", required: true).Select(ReadType)],
            [.. file.Objects("categories", required: false).Select(c => { var read = new Category(c.Id("id"), c.Text("name")); c.Ignore("note"); c.RefuseOthers(); return read; })],
            [.. file.Objects("household_types", required: false).Select(ReadHouseholdType)],
            [.. file.Objects("rules", required: true).Select(ReadRule)]);
        file.Text("owner");
        file.Text("source", 4000);
        round.Ignore("note");
        decision.Ignore("note");
        file.Ignore("invented", "version", "periods", "strands", "outcomes", "cash_first", "note", "starts");
        round.RefuseOthers();
        decision.RefuseOthers();
        file.RefuseOthers();
        return definition;
    }

    private static RoundDefinition ReadRound(JsonFields round)
    {
        var read = new RoundDefinition(round.Id("id"), round.OptionalText("name", 120), round.Text("grantor", 120), round.Day("opens"), round.Day("closes"),
            new Money(round.Number("grant_pence", 0, MostPence)), round.OptionalText("predecessor", 60));
        round.Ignore("kind", "successor", "note");
        round.RefuseOthers();
        return read;
    }

    private static AwardType ReadType(JsonFields type)
    {
        var read = new AwardType(type.Id("id"), type.Text("label", 120), new Money(type.Number("min_pence", 1, MostPence)), new Money(type.Number("max_pence", 1, MostPence)),
            type.Id("category"), type.OptionalText("strand"), type.OptionalText("form"), type.OptionalTexts("needs") ?? [], type.OptionalTexts("delivery") ?? ["printed-letter"],
            (int?)type.OptionalNumber("expires_after_days", 1, 3660), type.OptionalTexts("asks") ?? [], type.OptionalText("needs_reason"), type.OptionalText("note"))
        { ToSee = type.OptionalTexts("to_see") ?? [] };
        type.Ignore("items", "outcomes", "amount_by");
        type.RefuseOthers();
        if (read.Least > read.Most) type.Problem("min_pence", $"is more than max_pence: {read.Least} and {read.Most}.");
        return read;
    }

    private static HouseholdType ReadHouseholdType(JsonFields type)
    {
        var read = new HouseholdType(type.Id("id"), type.Text("name"), type.OptionalPredicate("when") ?? new Predicate.Always());
        type.Ignore("note");
        type.RefuseOthers();
        return read;
    }

    private static SchemeRule ReadRule(JsonFields rule)
    {
        var read = new SchemeRule(rule.Id("id"), rule.OptionalText("number", 20), rule.Day("starts"), rule.OptionalDay("ends"), rule.Text("words"), rule.OptionalTexts("award_types"),
            rule.OptionalPredicate("when"), rule.OptionalObject("limit") is { } limit ? ReadLimit(limit) : null, rule.OptionalObject("notice") is { } notice ? ReadNotice(notice) : null,
            rule.OptionalObject("amount") is { } amount ? ReadAmount(amount) : null, rule.OptionalPredicate("unless"), rule.OptionalText("otherwise"), rule.Flag("report_only"));
        rule.Ignore("note");
        rule.RefuseOthers();
        var kinds = (read.When is not null || read.Amount is not null ? 1 : 0) + (read.Limit is not null ? 1 : 0) + (read.Notice is not null ? 1 : 0);
        if (kinds != 1) rule.Problem("when", "A rule says exactly one thing: when (with or without amount), amount, limit or notice.");
        if (read.Ends < read.Starts) rule.Problem("ends", "is before starts.");
        return read;
    }

    private static RuleLimit ReadLimit(JsonFields limit)
    {
        var per = limit.Text("per") switch { "crisis-episode" => LimitPer.CrisisEpisode, "household-year" => LimitPer.HouseholdYear, "" => default(LimitPer?), var other => Unknown(other) };
        var read = new RuleLimit(per ?? default, limit.OptionalNumber("pence", 1, MostPence) is { } pence ? new Money(pence) : null, (int?)limit.OptionalNumber("awards", 1, 1000));
        if (read.Pence is null && read.Awards is null) limit.Problem("pence", "is missing: a limit says pence or awards.");
        limit.RefuseOthers();
        return read;

        LimitPer? Unknown(string other)
        {
            limit.Problem("per", $"“{other}” must be crisis-episode or household-year.");
            return null;
        }
    }

    private static RuleNotice ReadNotice(JsonFields notice)
    {
        var read = new RuleNotice((int)notice.Number("days", 1, 366), notice.Flag("same_type"));
        notice.RefuseOthers();
        return read;
    }

    private static RuleAmount ReadAmount(JsonFields amount)
    {
        RuleAmount read = new(null, null);
        switch (amount.Text("by"))
        {
            case "household-size":
                read = new RuleAmount(amount.Numbers("pence", 1, MostPence).Select(p => new Money(p)).ToList(), null);
                break;
            case "fact":
                read = new RuleAmount(null, amount.Text("fact"));
                if (!amount.Flag("up_to")) amount.Problem("up_to", "must be true: an amount by a fact is the most that can be given.");
                break;
            case "":
                break;
            case var other:
                amount.Problem("by", $"“{other}” must be household-size or fact.");
                break;
        }
        amount.RefuseOthers();
        return read;
    }

    private static void CheckTogether(SchemeDefinition scheme, List<string> problems)
    {
        if (scheme.Closes < scheme.Opens) problems.Add("round.closes is before round.opens.");
        if (scheme.Decision.Date > scheme.Closes) problems.Add("decision.date is after round.closes: no award could ever be made.");
        if (scheme.AwardTypes.Count == 0) problems.Add("award_types must hold at least one type of award.");
        foreach (var twice in scheme.AwardTypes.GroupBy(t => t.Id).Where(g => g.Count() > 1)) problems.Add($"award_types[{twice.Key}] is there twice.");
        foreach (var twice in scheme.Rules.GroupBy(r => (r.Id, r.Starts)).Where(g => g.Count() > 1)) problems.Add($"rules[{twice.Key.Id}] is there twice from {twice.Key.Starts:yyyy-MM-dd}.");
        foreach (var rule in scheme.Rules)
            foreach (var type in rule.AwardTypes ?? [])
                if (scheme.Type(type) is null) problems.Add($"rules[{rule.Id}].award_types names “{type}”, which is not one of this scheme's award types.");
        if (scheme.Categories.Count > 0)
            foreach (var type in scheme.AwardTypes.Where(t => scheme.Categories.All(c => c.Id != t.Category)))
                problems.Add($"award_types[{type.Id}].category “{type.Category}” is not one of this scheme's categories.");
        if (scheme.Round is { } round)
        {
            if (round.Closes < round.Opens) problems.Add("fund_round.closes is before fund_round.opens.");
            if (scheme.Opens < round.Opens || scheme.Closes > round.Closes) problems.Add("round is outside the dates of fund_round.");
            if (scheme.Allocation > round.Grant) problems.Add($"round.allocation_pence is {scheme.Allocation - round.Grant} more than the grant in fund_round.");
        }
    }
}

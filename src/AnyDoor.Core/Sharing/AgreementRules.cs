using AnyDoor.Common;
using AnyDoor.Organisations;

namespace AnyDoor.Sharing;

/// <summary>A lawful basis, a condition or a power, as the form offers it.</summary>
/// <param name="NotForPublic">No public authority may rely on it for its tasks (UK GDPR, article 6(1), second paragraph).</param>
/// <param name="Tested">It has a test of its own: section 35.</param>
public sealed record LegalChoice(string Id, string Name, string? Hint = null, string? Law = null, DateOnly? Starts = null, bool NotForPublic = false, bool Tested = false);

/// <summary>Digital Economy Act 2017, section 35, with the regulations of 2018: specified persons, one of four objectives, and for one of them two of thirteen factors.</summary>
public sealed record Section35(string Power, IReadOnlyList<string> SpecifiedKinds, IReadOnlyList<LegalChoice> Objectives, string NeedsFactors, int LeastFactors, IReadOnlyList<LegalChoice> Factors, IReadOnlyList<LegalChoice> Checks);

/// <summary>The law as dated data (<c>Content/agreements.json</c>), and what an agreement must hold by it. A refusal names the field it belongs to.</summary>
public sealed record AgreementRules(IReadOnlyList<LegalChoice> Bases, IReadOnlyList<LegalChoice> Conditions, IReadOnlyList<LegalChoice> Powers, [property: System.Text.Json.Serialization.JsonPropertyName("section_35")] Section35 Section35)
{
    private const string Consent = "consent";
    private static readonly string[] NoChoice = ["public-task", "legal-obligation"];
    private static readonly DataCategory[] Special = [DataCategory.HealthAndDisability, DataCategory.EqualityMonitoring];
    private static readonly OrganisationKind[] Public = [OrganisationKind.CountyHub, OrganisationKind.Council, OrganisationKind.School, OrganisationKind.Health];

    public static AgreementRules Current { get; } = ContentFiles.Read<AgreementRules>("agreements.json");

    /// <summary>What may not stand in an agreement, not even in a draft.</summary>
    /// <param name="parties">Those of <see cref="AgreementTerms.Parties"/> that there are.</param>
    public IEnumerable<Refusal> Wrong(AgreementTerms terms, IReadOnlyList<Organisation> parties)
    {
        if (terms.Name.Trim().Length is < 3 or > 120) yield return new Refusal("name", "Give it a name of 3 to 120 letters.", "name");
        if (terms.WhatFor.Length > 1000) yield return new Refusal("what-for", "Say what it is for in fewer than 1,000 letters.", "whatFor");
        if (terms.WhatIsShared.Length > 1000) yield return new Refusal("what-is-shared", "Say what is shared in fewer than 1,000 letters.", "whatIsShared");
        if (terms.Dpia is { Length: > 300 }) yield return new Refusal("dpia", "The impact assessment’s address is too long. Use fewer than 300 letters.", "dpia");
        if (terms.Parties.Count != parties.Count) yield return new Refusal("parties", "Choose the organisations from the list.", "parties");
        if (terms.Bases.Any(b => Bases.All(known => known.Id != b))) yield return new Refusal("bases", "Choose the lawful basis from the list.", "bases");
        if (terms.Condition is { } condition && Conditions.All(c => c.Id != condition)) yield return new Refusal("condition", "Choose the condition from the list.", "condition");
        if (terms.Power is { } power && Powers.All(p => p.Id != power)) yield return new Refusal("power", "Choose the legal power from the list.", "power");
        if (terms.Bases.Contains(Consent) && (terms.Bases.Any(NoChoice.Contains) || terms.Power is not null))
            yield return new Refusal("consent", $"“Consent” cannot be the basis where a party relies on {(terms.Power is not null && !terms.Bases.Any(NoChoice.Contains) ? "a statutory power" : "a public task or a duty")}: a household could not freely refuse. Take “Consent” off. What a household allows is kept apart, as permission.", "bases");
        else if (terms.Bases.Contains(Consent) && parties.Count > 1 && parties.All(p => Public.Contains(p.Kind)))
            yield return new Refusal("consent", "Every party is a public authority, and a household could not freely refuse one. Take “Consent” off: of a council it is nearly always public task. What a household allows is kept apart, as permission.", "bases");
        if (terms.Condition == "explicit-consent" && (terms.Bases.Any(NoChoice.Contains) || terms.Power is not null))
            yield return new Refusal("explicit-consent", "“Explicit consent” cannot be the condition where a party relies on a public task, a duty or a statutory power. Choose another.", "condition");
        if (terms.Bases.Count > 0 && parties.Count > 0 && terms.Bases.All(b => Bases.Any(known => known.Id == b && known.NotForPublic)) && parties.All(p => Public.Contains(p.Kind)))
            yield return new Refusal("not-for-public", "Every party is a public authority, and none may rely on legitimate interests for its tasks. Choose the basis they rely on.", "bases");
        if (terms.EndsOn < terms.StartsOn) yield return new Refusal("ends", "The last day is before the first.", "endsOn");
        if (terms.Power == Section35.Power)
            foreach (var refusal in WrongUnderSection35(terms, parties)) yield return refusal;
    }

    private IEnumerable<Refusal> WrongUnderSection35(AgreementTerms terms, IReadOnlyList<Organisation> parties)
    {
        if (terms.Specified.Count < 2 || parties.Any(p => !terms.Specified.Contains(p.Id)))
            yield return new Refusal("specified", "Section 35 is for specified persons only: both parties, and every other, must be named in the regulations. Tick each one that is, or choose another power.", "specified");
        else if (parties.FirstOrDefault(p => !Section35.SpecifiedKinds.Contains(Staff.Word(p.Kind.ToString()))) is { } unlikely && string.IsNullOrWhiteSpace(terms.SpecifiedEntry))
            yield return new Refusal("specified-entry", $"{unlikely.Name} is {InWords(unlikely.Kind)}, which is not a specified person by itself. Say under which entry of Schedule 4 it is named, or choose another power.", "specifiedEntry");
        if (Section35.Objectives.All(o => o.Id != terms.Objective))
            yield return new Refusal("objective", "Choose which of the four objectives it serves. Section 35 allows no other.", "objective");
        if (terms.Factors.Any(f => Section35.Factors.All(known => known.Id != f))) yield return new Refusal("factors", "Choose the disadvantages from the list.", "factors");
        else if (terms.Objective == Section35.NeedsFactors && terms.Factors.Distinct().Count() < Section35.LeastFactors)
            yield return new Refusal("factors", "“Multiple disadvantages” means two or more of the thirteen. Choose at least two; one is not enough to share.", "factors");
        if (Section35.Checks.Any(check => !terms.Checks.Contains(check.Id)))
            yield return new Refusal("checks", "The code of practice asks for all of these before anything is shared. Do what is not ticked first.", "checks");
    }

    /// <summary>What a draft lacks before it can come into force.</summary>
    public IEnumerable<Refusal> Missing(AgreementTerms terms, IReadOnlyList<Organisation> parties, DateOnly today)
    {
        if (parties.Count < 2) yield return new Refusal("parties", "Choose at least two organisations: an agreement has two sides.", "parties");
        else if (parties.All(p => p.Kind != OrganisationKind.CountyHub)) yield return new Refusal("parties", "The hub is a party to every agreement here: what is shared is what it holds.", "parties");
        if (terms.WhatFor.Trim().Length < 10) yield return new Refusal("what-for", "Say in a sentence what it is for.", "whatFor");
        if (terms.WhatIsShared.Trim().Length < 10) yield return new Refusal("what-is-shared", "Say in a sentence what is shared, and what is not.", "whatIsShared");
        if (terms.Purposes.Count == 0) yield return new Refusal("purposes", "Choose at least one purpose.", "purposes");
        if (terms.Categories.Count == 0) yield return new Refusal("categories", "Choose what kinds of fact are shared.", "categories");
        if (terms.Bases.Count == 0) yield return new Refusal("bases", "Choose the lawful basis. Of a council it is nearly always public task.", "bases");
        if (terms.Categories.Any(Special.Contains) && terms.Condition is null) yield return new Refusal("condition", "Health and equality are special categories. Choose the condition that allows them, or leave them out.", "condition");
        if (terms.Power is { } power && Powers.FirstOrDefault(p => p.Id == power) is { Starts: { } since } && since > (terms.StartsOn ?? today)) yield return new Refusal("power", "That power is not in force on the first day.", "power");
        if (string.IsNullOrWhiteSpace(terms.Dpia)) yield return new Refusal("dpia", "Say where the impact assessment is. Sharing starts after it, not before.", "dpia");
        if (terms.DpiaReviewOn is null) yield return new Refusal("dpia-review", "Say when the impact assessment is looked at again.", "dpiaReviewOn");
        if (terms.StartsOn is null) yield return new Refusal("starts", "Say its first day.", "startsOn");
        if (terms.EndsOn < today) yield return new Refusal("ends", "Its last day has passed already.", "endsOn");
        if (terms.Owner is null) yield return new Refusal("owner", "Choose who looks after it.", "owner");
    }

    public static string InWords(OrganisationKind kind) => kind switch
    {
        OrganisationKind.CountyHub => "the hub", OrganisationKind.Council => "a council", OrganisationKind.FoodBank => "a food bank", OrganisationKind.AdviceAgency => "an advice agency", OrganisationKind.School => "a school",
        OrganisationKind.HousingAssociation => "a housing association", OrganisationKind.Health => "a health body", OrganisationKind.Voluntary => "a voluntary organisation", OrganisationKind.Business => "a business", _ => "another kind of organisation",
    };
}

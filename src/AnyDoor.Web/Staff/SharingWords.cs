using AnyDoor.Common;
using AnyDoor.Sharing;

namespace AnyDoor.Web.Staff;

/// <summary>What is shared and why, as staff read it.</summary>
public static class SharingWords
{
    public static string Of(DataCategory category) => category switch
    {
        DataCategory.IdentityAndContact => "Name and contact", DataCategory.Safety => "Safe contact and risk", DataCategory.HouseholdComposition => "Who lives at home", DataCategory.NeedsAndAnswers => "Needs and answers", DataCategory.Money => "Money",
        DataCategory.HealthAndDisability => "Health and disability", DataCategory.ChildrenAndEducation => "Children and school", DataCategory.PlanAndCaseNotes => "Plan and case notes", _ => "Equality answers",
    };

    public static string Of(TieKind kind) => kind switch { TieKind.Relative => "Relative", TieKind.Friend => "Friend", TieKind.Neighbour => "Neighbour", TieKind.Colleague => "Colleague", _ => "Knows them another way" };

    /// <summary>How long an agreement still stands, or since when it does not.</summary>
    public static string Ends(AgreementVersion version, DateOnly today) => version switch
    {
        { State: AgreementState.Draft } => "Draft",
        { State: AgreementState.Ended, EndedAt: { } at } => $"Ended {Ago(today.DayNumber - LondonTime.DayOf(at).DayNumber)}",
        _ when version.StartsOn > today => $"Starts in {Say.Count(version.StartsOn.Value.DayNumber - today.DayNumber, "day")}",
        _ => version.DaysLeft(today) switch
        {
            null => "No end date", < 0 and var over => $"Ended {Ago(-over)}", 0 => "Ends today", <= 60 and var left => $"In {Say.Count(left, "day")}", var left => $"In {Say.Count((int)Math.Round(left.Value / 30.44), "month")}",
        },
    };

    private static string Ago(int days) => days == 0 ? "today" : $"{Say.Count(days, "day")} ago";
}

namespace AnyDoor.ServiceDirectory;

/// <summary>Of how many households that were offered a service in the last year, how many said yes and how many no. Two counts, and nobody in them; a few are not counted at all.</summary>
public sealed class MenuAcceptance
{
    /// <summary>Fewer than these households say nothing, and could say something of one of them.</summary>
    public const int Fewest = 5;
    /// <summary>The most that it moves a score, either way: less than a mile on foot does.</summary>
    public const int Most = 6;
    private const int Doubt = 10, Often = 10;

    public required string ServiceId { get; init; }
    public required int Yes { get; set; }
    public required int No { get; set; }

    public int Points => Yes + No < Fewest ? 0 : (int)Math.Round(Most * (double)(Yes - No) / (Yes + No + Doubt));
    /// <summary>Enough of them for the reasons to say so.</summary>
    public bool IsOftenTaken => Yes >= Often && Yes >= 4 * No;
}

namespace AnyDoor.ServiceDirectory;

/// <summary>How lately somebody said that an entry is right.</summary>
public enum AssuranceState
{
    /// <summary>In the last <see cref="Assurance.DueAfterDays"/> days.</summary>
    Checked,
    /// <summary>It is time to ask its owner.</summary>
    Due,
    /// <summary>Shown with a warning, below what was confirmed (R-MEN-01).</summary>
    NotConfirmed,
    /// <summary>A year ago or more: residents are not sent there.</summary>
    Hidden,
    /// <summary>Nobody ever did. It is shown with a warning from the day it came in, and hidden for nothing.</summary>
    Never,
}

public static class Assurance
{
    /// <summary>Days after a check when the next is due.</summary>
    public const int DueAfterDays = 90;

    public static int DaysSince(Service service, DateOnly day) => Math.Max(0, day.DayNumber - service.LastChecked.DayNumber);

    public static AssuranceState Of(Service service, DateOnly day) => service.NeverConfirmed ? AssuranceState.Never : DaysSince(service, day) switch
    {
        < DueAfterDays => AssuranceState.Checked,
        < MenuMatch.CheckAfterDays => AssuranceState.Due,
        < MenuMatch.HideAfterDays => AssuranceState.NotConfirmed,
        _ => AssuranceState.Hidden,
    };
}

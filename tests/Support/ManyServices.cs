namespace AnyDoor.Tests;

/// <summary>A table of as many services as are wanted, made by rule: fifteen kinds of help all over a county, with ages, prices, languages, hours of many shapes, some closed.</summary>
internal static class ManyServices
{
    private static readonly string[] Kinds = ["Food bank", "Debt advice", "Warm space", "Youth club", "English class", "Lunch club", "Wellbeing café", "Job club", "Baby bank", "Community garden", "Repair café", "Carers group", "Housing advice", "Dial a ride", "Stay and play"];
    private static readonly string[] Times = ["Tuesday 10am - 12pm", "Monday to Friday 9am - 5pm", "first Wednesday of the month 2pm - 4pm", "Sat 10:30-13:00; Sun 14:00-16:00", "Every other Thursday 6pm to 8pm", "By appointment", ""];

    public static void Write(string path, int count)
    {
        using var writer = new StreamWriter(path);
        writer.WriteLine("id,name,organisation,description,category,postcode,lat,lon,area,status,assured date,opening,min age,max age,cost,languages");
        for (var i = 0; i < count; i++)
        {
            var (least, most) = Kinds[i % Kinds.Length] switch { "Youth club" => ("11", "18"), "Lunch club" => ("60", ""), "Stay and play" => ("0", "4"), _ => ("", "") };
            writer.WriteLine(FormattableString.Invariant($"{i},{Kinds[i % Kinds.Length]} {i / Kinds.Length},Trust {i % 977},Help for people near you with {Kinds[(i * 7) % Kinds.Length]} and a cup of tea. No referral.,{Kinds[i % Kinds.Length]},PE13 {i % 10}AA,{52.05 + i % 701 / 1000.0:0.0000},{-0.4 + i % 811 / 1000.0:0.0000},Cambridgeshire,{(i % 40 == 3 ? "inactive" : "active")},2026-{1 + i % 11:00}-10,{Times[i % Times.Length]},{least},{most},{(i % 3 == 0 ? "£2" : "Free")},{(i % 9 == 0 ? "English; Polish" : "English")}"));
        }
    }
}

namespace AnyDoor.Cli.Tests;

/// <summary>A council's form export of any size, in the shape of the shipped mapping. Everyone in it is invented.</summary>
internal static class CouncilForm
{
    private const string Header = "Reference,Submitted at,Door,Applying for,Permission given,First name,Last name,Date of birth,Address,Postcode,Area,Phone,Email,Contact me by,Language,Adults,Children,Ages of children,What do you need?,Meter,How urgent,In your own words,Contacted at,Support given,Value,Passed to";
    private static readonly string[] Areas = ["Fenland", "Cambridge City", "Huntingdonshire", "East Cambs", "South Cambridgeshire", "Peterborough"];

    /// <summary>Every tenth row is awarded a hygiene box of £20.00; every hundredth cannot be read.</summary>
    public static string Of(int rows) => "\uFEFF" + Header + "\r\n" + string.Concat(Enumerable.Range(1, rows).Select(i =>
        $"W-{i},04/12/2020 05:{i % 60:00},Web form,Myself,,Tamsin,Underbarrow{i},{(i % 100 == 0 ? "31/02" : "28/02")}/19{50 + i % 49},1 Heron Drove,CB2 1QY,{Areas[i % Areas.Length]},07700 900319,,Phone,English,1,2,6; 17,Food,Prepayment,Today,,06/12/2020 21:22,{(i % 10 == 0 ? "Hygiene box,£20.00" : ",")},\r\n"));
}

using System.Text;
using AnyDoor.Entitlements.Annual;

namespace AnyDoor.Entitlements.Tests;

/// <summary>Whatever stands on a line, it gets a sentence and the next line goes on.</summary>
public sealed class HostileCasesTests
{
    [Theory]
    [InlineData("not json", "Line 1 is not JSON.")]
    [InlineData("[1]", "not a case")]
    [InlineData("42", "not a case")]
    [InlineData("null", "not a case")]
    [InlineData("{\"input\": 7}", "not a case")]
    [InlineData("{}", "has no id")]
    [InlineData("{\"id\": \"x\", \"savings\": NaN}", "is not JSON")]
    [InlineData("{\"id\": \"x\"}", "no tax_year and no fiscal_year")]
    [InlineData("{\"id\": {}, \"fiscal_year\": 2025}", "has no id")]
    public void WhatIsNoCase_GetsASentence(string line, string sentence) => Cases.One(line).Error().ShouldContain(sentence);

    [Theory]
    [InlineData(", \"savings\": -1", "savings is negative.")]
    [InlineData(", \"savings\": \"12\"", "savings is not a number.")]
    [InlineData(", \"savings\": 1e300", "savings is out of range.")]
    [InlineData(", \"savings\": 10000001", "savings is 10000001; it must be from 0 to 10000000.")]
    [InlineData(", \"savings\": true", "savings is not a number.")]
    [InlineData(", \"region\": \"SCOTLAND\"", "not in England")]
    [InlineData(", \"region\": \"WALES\"", "not in England")]
    [InlineData(", \"region\": \"ATLANTIS\"", "The region “ATLANTIS” is not known.")]
    [InlineData(", \"region\": null", "The case has no region.")]
    [InlineData(", \"tenure\": \"CASTLE\"", "The tenure “CASTLE” is not known.")]
    [InlineData(", \"tenure\": \"RENT_FROM_HA\"", "A tenant needs rent_annual.")]
    [InlineData(", \"tenure\": \"RENT_PRIVATELY\", \"rent_annual\": 9000", "A private tenant needs lha_weekly_rate.")]
    [InlineData(", \"tax_year\": \"2031/32\"", "The tax year 2031/32 is not known. Rates are held for 2021/22 to ")]
    [InlineData(", \"tax_year\": \"2025/27\"", "is not one: write it like 2025/26")]
    [InlineData(", \"fiscal_year\": 2024", "are not the same year")]
    [InlineData(", \"fiscal_year\": 2025.5", "fiscal_year is not a whole number.")]
    [InlineData(", \"people\": {}", "no list of people")]
    [InlineData(", \"people\": []", "has no adult")]
    [InlineData(", \"people\": [7]", "not an object")]
    [InlineData(", \"people\": [{\"id\": \"a\", \"role\": \"adult\"}]", "has no age")]
    [InlineData(", \"people\": [{\"role\": \"adult\", \"age\": 30}]", "A person has no id.")]
    [InlineData(", \"people\": [{\"id\": \"a\", \"age\": 30}]", "has no role")]
    [InlineData(", \"people\": [{\"id\": \"a\", \"role\": \"king\", \"age\": 30}]", "The role “king”")]
    [InlineData(", \"people\": [{\"id\": \"a\", \"role\": \"adult\", \"age\": 30}, {\"id\": \"a\", \"role\": \"adult\", \"age\": 31}]", "Two people have the id “a”.")]
    [InlineData(", \"people\": [{\"id\": \"a\", \"role\": \"adult\", \"age\": 30}, {\"id\": \"b\", \"role\": \"adult\", \"age\": 31}, {\"id\": \"c\", \"role\": \"adult\", \"age\": 32}]", "at most two adults")]
    [InlineData(", \"people\": [{\"id\": \"a\", \"role\": \"adult\", \"age\": 30, \"pip_mobility\": \"LOTS\"}]", "The pip_mobility “LOTS” of “a” is not known: NONE, STANDARD, ENHANCED.")]
    [InlineData(", \"people\": [{\"id\": \"a\", \"role\": \"adult\", \"age\": 30, \"lcwra\": \"yes\"}]", "lcwra of “a” is neither true nor false.")]
    [InlineData(", \"people\": [{\"id\": \"a\", \"role\": \"adult\", \"age\": 3}]", "it must be from 16 to 110")]
    [InlineData(", \"people\": [{\"id\": \"a\", \"role\": \"adult\", \"age\": 30, \"employment_income\": -5}]", "employment_income of “a” is negative.")]
    [InlineData(", \"non_dependant\": [1]", "neither null nor a person")]
    public void AFieldThatIsWrong_IsNamed(string field, string sentence) => Cases.One(Cases.Single(more: field)).Error().ShouldContain(sentence, customMessage: field);

    [Fact]
    public void TheRestGoOn_InTheirOrder()
    {
        var good = Cases.Single();
        var results = Cases.Run($"\uFEFF{good}\r\n\r\n   \nnonsense\r\n{good.Replace("\"x\"", "\"y\"", StringComparison.Ordinal)}\n{{\"input\": {good.Replace("\"x\"", "\"z\"", StringComparison.Ordinal)}}}\n{good}");

        results.Select(r => r.GetProperty("id").ValueKind == System.Text.Json.JsonValueKind.Null ? null : r.GetProperty("id").GetString()).ShouldBe(["x", null, "y", "z", "x"]);
        results[0].Unit("universal_credit").ShouldBe(4801.68m);
        results[3].Unit("universal_credit").ShouldBe(4801.68m);
        results[1].Error().ShouldBe("Line 4 is not JSON.");
        results[4].Error().ShouldBe("The id was used already, on line 1.");
    }

    [Fact]
    public void ALineThatIsTooLong_IsPassedOver()
    {
        var results = Cases.Run($"{{\"id\": \"{new string('x', 3 << 20)}\"}}\n{Cases.Single()}");

        results[0].Error().ShouldContain("Line 1 is longer than");
        results[1].Unit("universal_credit").ShouldBe(4801.68m);
    }

    [Fact]
    public void BytesThatAreNoText_AndBrokenPairs_AreNoEndOfIt()
    {
        byte[] line = [.. "{\"id\": \""u8, 0xFF, 0xFE, .. "\"}\n"u8, 0xC3, 0x28, (byte)'\n', .. "{\"id\": \"n\", \"\\ud800\": 1, \"fiscal_year\": 2025}\n"u8, .. "{\"id\": \"\\ud800\", \"fiscal_year\": 2025, \"region\": \"\\ud800\"}\n"u8.ToArray(), .. Encoding.UTF8.GetBytes(Cases.Single())];
        using var output = new MemoryStream();

        AnnualCases.Run(new MemoryStream(line), output).ShouldBe((1, 4));
        var text = Encoding.UTF8.GetString(output.ToArray());
        text.ShouldContain("{\"id\":null,\"error\":\"Line 1 is not valid UTF-8 text.\"}");
        text.ShouldContain("\"error\":\"Line 3 is not valid text.\"}");
        text.ShouldContain("\"universal_credit\":4801.68");
    }

    /// <summary>Ten thousand lines need no more memory than ten.</summary>
    [Fact]
    public void ItStreams()
    {
        using var input = new Endless(Cases.Single(), 10_000);

        AnnualCases.Run(input, Stream.Null).Done.ShouldBe(10_000);
        input.MostAhead.ShouldBeLessThan(1 << 20);
    }

    /// <summary>The same case so many times, each with its own id, made when it is read.</summary>
    private sealed class Endless(string line, int times) : Stream
    {
        private int _made;
        private byte[] _rest = [];
        public int MostAhead { get; private set; }
        public override int Read(byte[] buffer, int offset, int count)
        {
            MostAhead = Math.Max(MostAhead, count);
            if (_rest.Length == 0 && _made < times) _rest = Encoding.UTF8.GetBytes(line.Replace("\"x\"", $"\"{_made++}\"", StringComparison.Ordinal) + "\n");
            var some = Math.Min(count, _rest.Length);
            _rest.AsSpan(0, some).CopyTo(buffer.AsSpan(offset));
            _rest = _rest[some..];
            return some;
        }
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Data.PostgreSql;

namespace AnyDoor.Core.Tests.Data;

/// <summary>The text that names a database, as somebody types it.</summary>
public sealed class DatabaseTextTests
{
    [Theory]
    [InlineData("postgres://anydoor:pa/sEcret@host/db"), InlineData("postgres://anydoor:5432/sEcret@host/db"), InlineData("postgres://anydoor:5432?sEcret@host/db"), InlineData("postgres://anydoor:5432#sEcret@host/db")]
    [InlineData("postgres://anydoor:sEcret@host:99999/db"), InlineData("postgres://anydoor:x@host/db?sEcret=1"), InlineData("postgres://anydoor:x@host/db?sslmode=sEcret")]
    [InlineData("Host=h;Password=a;sEcret=b"), InlineData("Host=h;Password=a;sEcret"), InlineData("Host=h;Port=sEcret")]
    public void WhatDoesNotRead_IsASentence_WithoutThePassword(string text)
    {
        var said = Should.Throw<ArgumentException>(() => Database.From(text)).Sentence();

        said.ShouldContain("does not read. Write it like");
        said.ShouldNotContain("sEcret", Case.Insensitive);
        said.ShouldNotContain("(Parameter");
    }

    [Fact]
    public async Task PasswordWithSigns_ReadsWhereTheyAreWrittenAsAddressesWantThem()
    {
        await using var database = Database.From("postgres://any%40door:pa%2Fss%3F@host:5433/db?sslmode=require");

        ((PostgreSqlKind)database.Kind).UserName.ShouldBe("any@door");
    }

    [Theory, InlineData("Host=h", "North East"), InlineData("postgres://h/db", "North-East")]
    public void PartnershipThatCannotBe_IsSaidAsItIs(string text, string partnership) =>
        Should.Throw<ArgumentException>(() => Database.From(text, partnership)).Sentence().ShouldBe($"“{partnership}” cannot be a partnership's name in the database. Use small letters, digits and underscores.");
}

using System.Security.Cryptography;
using System.Text;
using AnyDoor.Audit;
using AnyDoor.Organisations;
using AnyDoor.Tests;

namespace AnyDoor.Core.Tests.Audit;

public sealed class SealedTextTests
{
    private static LogKey NewKey() => LogKey.Open(Directory.CreateTempSubdirectory("anydoor-key-").FullName);

    [Fact]
    public void Open_WhatWasSealed_IsTheSameWords()
    {
        var key = NewKey();
        foreach (var words in new[] { "", "x", "Ünïcödé 😀", new string('a', 100_000) })
        {
            var sealedWords = SealedText.Seal(key, "use", words);
            SealedText.Open(key, "use", sealedWords).ShouldBe(words);
            SealedText.Seal(key, "use", words).ShouldNotBe(sealedWords, "a fresh nonce each time");
            if (words.Length > 4) Encoding.UTF8.GetString(sealedWords).ShouldNotContain(words[..4]);
        }
    }

    [Fact]
    public void Open_AChangedOneOrAnotherUse_IsRefused()
    {
        var key = NewKey();
        var sealedWords = SealedText.Seal(key, "use", "some words");
        for (var i = 0; i < sealedWords.Length; i++)
        {
            byte[] changed = [.. sealedWords];
            changed[i] ^= 1;
            Should.Throw<CryptographicException>(() => SealedText.Open(key, "use", changed));
        }
        Should.Throw<CryptographicException>(() => SealedText.Open(key, "another use", sealedWords));
        Should.Throw<CryptographicException>(() => SealedText.Open(NewKey(), "use", sealedWords));
        Should.Throw<CryptographicException>(() => SealedText.Open(key, "use", sealedWords[..20]));
    }

    [Fact]
    public async Task KeysAndSecrets_HaveTwoHundredAndFiftySixRandomBits()
    {
        await using var test = await TestDatabase.CreateAsync(Db.Sqlite);
        var who = new AuditContext(Actor.Job("test"), null, "test", Purpose.Assurance, new DateTime(2026, 11, 24, 10, 0, 0, DateTimeKind.Utc));
        var commands = test.Commands();
        var pat = (await new AnyDoor.Organisations.Staff(test.Database, commands).CreateAsync("pat", null, "Invented pantry", "partner-administrator", who, default)).Value!;
        var key = (await new ApiKeys(test.Database, commands, test.Key).CreateAsync("pat", who, default)).Value!;
        var secret = (await new WebhookDesk(test.Database, commands, WebhookRules.Read("")).AddAsync(pat.OrganisationId, "https://case.example.org/in", who, default)).Value!.Secret;

        foreach (var text in new[] { key["ad_".Length..], secret["whs_".Length..] }) Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/') + "=").Length.ShouldBe(32);
    }
}

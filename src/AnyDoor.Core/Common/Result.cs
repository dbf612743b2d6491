using System.Diagnostics.CodeAnalysis;

namespace AnyDoor.Common;

/// <summary>Why something was not done: a stable code for machines and a sentence a person can act on.</summary>
/// <param name="Code">Stable, lower case with dashes.</param>
/// <param name="Sentence">Plain English: what is wrong and what to do.</param>
/// <param name="Field">The form field or column it belongs to, when there is one.</param>
public sealed record Refusal(string Code, string Sentence, string? Field = null);

/// <summary>A value, or a refusal. Refusals are expected answers, so they are values and not exceptions.</summary>
public readonly struct Result<T>
{
    private Result(T? value, Refusal? refusal) => (Value, Refusal) = (value, refusal);

    public T? Value { get; }
    public Refusal? Refusal { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool Done => Refusal is null;

    public static implicit operator Result<T>(T value) => new(value, null);
    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal);
}

/// <summary>The answer of a command that has nothing to give back but that it was done.</summary>
public sealed record Nothing
{
    public static readonly Nothing Value = new();
}

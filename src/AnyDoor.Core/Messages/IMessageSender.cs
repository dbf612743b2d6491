namespace AnyDoor.Messages;

/// <summary>Takes a message out of the house. It is judged before it comes here; a sender only carries it.</summary>
public interface IMessageSender
{
    bool Takes(MessageChannel channel);

    /// <summary>
    /// Carries one message. The same id again is the same message, and does not go twice.
    /// </summary>
    /// <param name="to">The number, e-mail or postal address.</param>
    /// <param name="words">An e-mail's first line is its subject, with an empty line after it.</param>
    /// <param name="again">It may have gone before: whoever sent it may have died before they could say so.</param>
    /// <returns>Null: it went. Otherwise why it can never go, as staff read it, with nothing of whom it was for.</returns>
    /// <exception cref="IOException">It may go later; also <see cref="UnauthorizedAccessException"/> and <see cref="HttpRequestException"/>.</exception>
    Task<string?> SendAsync(Guid id, MessageChannel channel, string to, string words, bool again, CancellationToken cancel);
}

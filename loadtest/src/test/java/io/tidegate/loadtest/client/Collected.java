package io.tidegate.loadtest.client;

import io.tidegate.loadtest.client.answer.AnswerHead;
import io.tidegate.loadtest.client.answer.ChatAnswer;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A listener that keeps what it hears, for tests. */
final class Collected implements ChatListener {

  private static final long PATIENCE_SECONDS = 60;

  final List<OptionalLong> gaps = new CopyOnWriteArrayList<>();
  final CompletableFuture<AnswerHead> head = new CompletableFuture<>();
  private final CompletableFuture<ChatAnswer> answer = new CompletableFuture<>();

  static Collected send(ChatClient client, ChatRequest request) {
    Collected collected = new Collected();
    client.thread().execute(() -> client.send(request, Nanos.now(), collected));
    return collected;
  }

  @Override
  public void head(AnswerHead answerHead, long sentNanos, long nowNanos) {
    head.complete(answerHead);
  }

  @Override
  public void token(OptionalLong gapNanos, long nowNanos) {
    gaps.add(gapNanos);
  }

  @Override
  public void ended(ChatAnswer ended) {
    answer.complete(ended);
  }

  ChatAnswer answer() {
    return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }
}

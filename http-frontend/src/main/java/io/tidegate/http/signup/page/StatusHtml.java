package io.tidegate.http.signup.page;

import io.tidegate.engine.signup.gate.ExpectedResume;
import io.tidegate.engine.signup.gate.GateView;
import io.tidegate.engine.signup.gate.LoadReason;
import io.tidegate.engine.signup.gate.order.Announcement;
import io.tidegate.engine.signup.gate.order.Cause;
import io.tidegate.engine.signup.gate.order.SignupState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The status page: every plan's sale, and the place of whoever asks, in one language. */
final class StatusHtml {
  private final PageTexts texts;
  private final Html html = new Html();

  private StatusHtml(PageTexts texts) {
    this.texts = texts;
  }

  /**
   * The whole page.
   *
   * @param plans how they are sold; empty: that is not known
   * @param sold whether any plan is sold at all
   * @param asked whether somebody asks for a place
   */
  static String of(
      PageLanguage language,
      List<GateView> plans,
      boolean sold,
      boolean asked,
      Optional<PlaceView> place,
      long nowEpochMillis) {
    StatusHtml page = new StatusHtml(new PageTexts(language));
    page.head();
    if (asked) {
      page.place(place);
    }
    if (plans.isEmpty()) {
      page.paragraph(sold ? page.texts.notKnown() : page.texts.nothingSold());
    }
    plans.forEach(page::plan);
    page.foot(nowEpochMillis);
    return page.html.toString();
  }

  private void head() {
    html.raw("<!doctype html>\n<html lang=\"").raw(texts.language().tag()).raw("\"><head>\n");
    html.raw("<meta charset=\"utf-8\">\n");
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.raw("<meta name=\"color-scheme\" content=\"light dark\">\n");
    html.raw("<noscript><meta http-equiv=\"refresh\" content=\"60\"></noscript>\n");
    html.raw("<title>").text(texts.title()).raw("</title>\n");
    html.raw("<link rel=\"icon\" href=\"data:,\">\n");
    html.raw("<link rel=\"stylesheet\" href=\"/signup/page.css\">\n");
    html.raw("<script src=\"/signup/page.js\" defer></script>\n</head><body>\n<main>\n");
    html.raw("<h1>").text(texts.title()).raw("</h1>\n");
  }

  private void place(Optional<PlaceView> place) {
    html.raw("<section class=\"place\"><h2>").text(texts.yourPlace()).raw("</h2>\n");
    if (place.isEmpty()) {
      paragraph(texts.noSuchPlace());
    } else {
      PlaceView known = place.get();
      paragraph(texts.place(known.status()));
      known.ahead().ifPresent(ahead -> paragraph(texts.position(ahead)));
      if (known.lowSeconds().isPresent() && known.highSeconds().isPresent()) {
        paragraph(texts.estimate(known.lowSeconds().getAsLong(), known.highSeconds().getAsLong()));
      }
    }
    html.raw("</section>\n");
  }

  private void plan(GateView plan) {
    html.raw("<section class=\"plan\"><h2>").text(plan.plan()).raw(" <span class=\"state ");
    html.raw(plan.state().label()).raw("\">").text(texts.state(plan.state()));
    html.raw("</span></h2>\n");
    paragraph(texts.sentence(plan.state()));
    html.raw("<dl>\n");
    html.row(texts.since(), () -> time(plan.sinceEpochMillis()));
    plan.untilEpochMillis().ifPresent(until -> html.row(texts.until(), () -> time(until)));
    plan.expectedResume()
        .ifPresent(expected -> html.row(texts.expected(), () -> expected(expected)));
    plan.announced().ifPresent(next -> html.row(texts.announced(), () -> announced(next)));
    if (plan.state() != SignupState.OPEN) {
      html.row(texts.why(), () -> why(plan));
    }
    html.row(texts.waiting(), () -> html.text(texts.number(plan.waiting())));
    plan.placesLeft()
        .ifPresent(left -> html.row(texts.placesLeft(), () -> html.text(texts.number(left))));
    html.raw("</dl></section>\n");
  }

  private void announced(Announcement next) {
    if (next.untilEpochMillis().isPresent()) {
      sentence(
          texts.announcedWithEnd(next.state()),
          next.atEpochMillis(),
          next.untilEpochMillis().getAsLong());
    } else {
      sentence(texts.announced(next.state()), next.atEpochMillis());
    }
    next.reason().ifPresent(this::quoted);
  }

  private void why(GateView plan) {
    if (plan.cause() == Cause.LOAD && plan.figures().isPresent()) {
      html.text(texts.why(LoadReason.of(plan.figures().get())));
    } else {
      html.text(plan.cause() == Cause.SCHEDULE ? texts.bySchedule() : texts.byHand());
      plan.reason().ifPresent(this::quoted);
    }
  }

  /** An operator's own words, in whatever language: the browser finds their direction. */
  private void quoted(String words) {
    html.raw(" <q dir=\"auto\">").text(words).raw("</q>");
  }

  private void expected(ExpectedResume expected) {
    if (expected.known()) {
      sentence(
          texts.between(),
          expected.fromEpochMillis().getAsLong(),
          expected.toEpochMillis().getAsLong());
    } else {
      html.text(texts.cannotBeTold());
    }
    html.raw(" <small>").text(texts.basis(expected.basis())).raw("</small>");
  }

  private void foot(long nowEpochMillis) {
    html.raw("</main>\n<footer>");
    paragraph(texts.unaffected());
    html.raw("<p>").text(texts.updated()).raw(" ");
    time(nowEpochMillis);
    html.raw("</p></footer>\n</body></html>\n");
  }

  private void paragraph(String text) {
    html.raw("<p>").text(text).raw("</p>\n");
  }

  /** A sentence with times in the places of its braces. */
  private void sentence(String form, long... epochMillis) {
    String[] parts = form.split("\\{}", -1);
    html.text(parts[0]);
    for (int i = 0; i < epochMillis.length; i++) {
      time(epochMillis[i]);
      html.text(parts[i + 1]);
    }
  }

  private void time(long epochMillis) {
    html.raw("<time datetime=\"").raw(Instant.ofEpochMilli(epochMillis).toString()).raw("\">");
    html.text(texts.time(epochMillis)).raw("</time>");
  }
}

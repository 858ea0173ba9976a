package io.tidegate.http.signup.page;

import io.tidegate.engine.signup.gate.ExpectedResume;
import io.tidegate.engine.signup.gate.LoadReason;
import io.tidegate.engine.signup.gate.order.SignupState;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** What the status page says, in one language. */
final class PageTexts {
  private final PageLanguage language;
  private final boolean chinese;
  private final DateTimeFormatter times;

  PageTexts(PageLanguage language) {
    this.language = language;
    this.chinese = language == PageLanguage.CHINESE;
    this.times =
        DateTimeFormatter.ofPattern(
                chinese ? "yyyy'年'M'月'd'日' HH:mm 'UTC'" : "d MMMM yyyy, HH:mm 'UTC'",
                language.locale())
            .withZone(ZoneOffset.UTC);
  }

  PageLanguage language() {
    return language;
  }

  String time(long epochMillis) {
    return times.format(Instant.ofEpochMilli(epochMillis));
  }

  String number(long value) {
    return String.format(language.locale(), "%,d", value);
  }

  String title() {
    return either("New subscriptions", "新订阅状态");
  }

  String unaffected() {
    return either(
        "Subscribers are not affected: renewals, changes of plan and coming back go on as ever.",
        "现有订阅用户不受影响：续订、更换套餐以及重新订阅照常进行。");
  }

  String updated() {
    return either("As of", "更新时间");
  }

  String nothingSold() {
    return either("No plan is sold here.", "目前没有可订阅的套餐。");
  }

  String notKnown() {
    return either(
        "The state of sales cannot be told at this moment. Please look again in a minute.",
        "暂时无法获取订阅状态，请稍后再查看。");
  }

  String state(SignupState state) {
    return switch (state) {
      case OPEN -> either("Open", "开放订阅");
      case DRIP -> either("By invitation", "凭邀请订阅");
      case PAUSED -> either("Paused", "暂停订阅");
    };
  }

  String sentence(SignupState state) {
    return switch (state) {
      case OPEN -> either("Everybody can subscribe now.", "现在任何人都可以订阅。");
      case DRIP ->
          either(
              "People on the wait-list are invited in their order, as places come free.",
              "我们会按候补名单的顺序，在有空位时发出邀请。");
      case PAUSED ->
          either(
              "New subscriptions are not sold now. You can join the wait-list.",
              "目前暂停新订阅，您可以加入候补名单。");
    };
  }

  String since() {
    return either("Since", "开始时间");
  }

  String until() {
    return either("Until", "结束时间");
  }

  String expected() {
    return either("Expected to go on", "预计恢复");
  }

  /** With {@code {}} in the places of the two times. */
  String between() {
    return either("between {} and {}", "{} 至 {}");
  }

  String cannotBeTold() {
    return either("That cannot be told yet.", "暂时无法预计。");
  }

  String why() {
    return either("Why", "原因");
  }

  String waiting() {
    return either("On the wait-list", "候补人数");
  }

  String placesLeft() {
    return either("Places left", "剩余名额");
  }

  String announced() {
    return either("Announced", "预告");
  }

  /** With {@code {}} in the place of the time. */
  String announced(SignupState state) {
    return state == SignupState.PAUSED
        ? either("Sales pause: {}", "将于 {} 暂停订阅")
        : either("Sales go on: {}", "将于 {} 恢复订阅");
  }

  /** With {@code {}} in the places of the two times. */
  String announcedWithEnd(SignupState state) {
    return state == SignupState.PAUSED
        ? either("Sales pause: {}, and go on: {}.", "将于 {} 暂停订阅，{} 恢复。")
        : either("Sales go on: {}, and pause: {}.", "将于 {} 恢复订阅，{} 暂停。");
  }

  String byHand() {
    return either("Decided by the operator.", "由运营方决定。");
  }

  String bySchedule() {
    return either("As was announced.", "按预告执行。");
  }

  String why(LoadReason reason) {
    return chinese
        ? switch (reason) {
          case ALL_TAKEN -> "名额已满。";
          case HEAVY_LOAD -> "服务目前负载过高。";
          case WAITING_FIRST -> "有空位时优先提供给候补名单上的用户。";
          case FEW_FREE -> "剩余名额过少。";
        }
        : reason.sentence();
  }

  String basis(ExpectedResume.Basis basis) {
    return chinese
        ? switch (basis) {
          case AFTER_THE_LOAD -> "负载下降半小时后恢复。";
          case TREND -> "根据最近一天和三天内空位的变化估算。";
          case WAITING_FIRST -> "候补名单上的用户优先。";
          case TOO_EARLY -> "统计名额的时间还不足一天。";
          case NOT_RISING -> "空位没有增加。";
        }
        : basis.sentence();
  }

  String yourPlace() {
    return either("Your place on the wait-list", "您的候补位置");
  }

  String noSuchPlace() {
    return either("There is no such place on the wait-list.", "候补名单上没有这个位置。");
  }

  String position(long ahead) {
    return ahead == 0
        ? either("You are next.", "下一位就是您。")
        : either(
            number(ahead) + (ahead == 1 ? " person is" : " people are") + " ahead of you.",
            "您前面还有 " + number(ahead) + " 人。");
  }

  String estimate(long lowSeconds, long highSeconds) {
    return either(
        "Estimated wait: " + lasting(lowSeconds) + " to " + lasting(highSeconds) + ".",
        "预计等待 " + lasting(lowSeconds) + "至 " + lasting(highSeconds) + "。");
  }

  String place(PlaceView.Status status) {
    return switch (status) {
      case WAITING -> either("You are on the wait-list.", "您已在候补名单上。");
      case INVITED -> either("You are invited; look into your e-mail.", "您已获邀请，请查看邮箱。");
      case CONVERTED -> either("You have subscribed.", "您已订阅。");
      case EXPIRED -> either("Your invite has run out. You can join again.", "您的邀请已过期，可以重新加入候补名单。");
      case LEFT -> either("You have left the wait-list.", "您已退出候补名单。");
    };
  }

  private String lasting(long seconds) {
    long hours = Math.round(seconds / 3_600.0);
    if (hours >= 48) {
      long days = Math.round(hours / 24.0);
      return either(number(days) + " days", number(days) + " 天");
    } else if (hours >= 2) {
      return either(number(hours) + " hours", number(hours) + " 小时");
    }
    long minutes = Math.max(1, Math.round(seconds / 60.0));
    return either(number(minutes) + (minutes == 1 ? " minute" : " minutes"), minutes + " 分钟");
  }

  private String either(String english, String simplifiedChinese) {
    return chinese ? simplifiedChinese : english;
  }
}

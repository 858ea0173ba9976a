package io.tidegate.http.cli.demo;

/** Where the story takes place. Calls come one at a time and may wait. */
interface Stage {

  /** A chapter begins: notes its sentence, and does its deed. */
  void begin(Story story, int chapter);
}

package io.tidegate.engine.signup.line;

import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Which tickets wait, first in, first out.
 *
 * <p>A bit for each ticket, in blocks of 4096, and for each block how many wait before it. So a
 * place in the line costs one look and at most 64 words, with however many waiting; a million take
 * 125 kB. A change copies one block and the list of blocks. Blocks at the front in which nobody
 * waits are let go.
 *
 * <p>Threading: immutable.
 */
public final class WaitLine {

  /** Tickets of one block. */
  public static final int BLOCK = 4096;

  /** The line in which nobody waits. */
  public static final WaitLine EMPTY = new WaitLine(0, new long[0][]);

  private static final int WORDS = BLOCK / Long.SIZE;
  // Bits, and behind them how many of them are set.
  private static final long[] NOBODY = new long[WORDS + 1];

  private final long firstBlock;
  private final long[][] blocks;
  private final int[] before;
  private final int size;

  private WaitLine(long firstBlock, long[][] blocks) {
    this.firstBlock = firstBlock;
    this.blocks = blocks;
    this.before = new int[blocks.length];
    int sum = 0;
    for (int i = 0; i < blocks.length; i++) {
      before[i] = sum;
      sum += (int) blocks[i][WORDS];
    }
    this.size = sum;
  }

  /** How many wait. */
  public int size() {
    return size;
  }

  /** Whether that ticket waits. */
  public boolean contains(long ticket) {
    int at = at(ticket / BLOCK);
    return at >= 0 && (blocks[at][word(ticket)] & bit(ticket)) != 0;
  }

  /** How many wait with a lower ticket; the ticket itself may wait or not. */
  public int ahead(long ticket) {
    long block = ticket / BLOCK;
    if (block < firstBlock) {
      return 0;
    }
    int at = at(block);
    if (at < 0) {
      return size;
    }
    long[] bits = blocks[at];
    int word = word(ticket);
    int count = before[at] + Long.bitCount(bits[word] & (bit(ticket) - 1));
    for (int i = 0; i < word; i++) {
      count += Long.bitCount(bits[i]);
    }
    return count;
  }

  /** The line with that ticket in it. */
  public WaitLine with(long ticket) {
    return contains(ticket) ? this : changed(ticket, 1);
  }

  /** The line without that ticket. */
  public WaitLine without(long ticket) {
    return contains(ticket) ? changed(ticket, -1) : this;
  }

  /** The first in the line, at most so many. */
  public long[] first(int count) {
    long[] found = new long[Math.min(count, size)];
    int n = 0;
    for (int at = 0; n < found.length; at++) {
      for (int word = 0; word < WORDS && n < found.length; word++) {
        for (long bits = blocks[at][word]; bits != 0 && n < found.length; bits &= bits - 1) {
          long offset = (long) word * Long.SIZE + Long.numberOfTrailingZeros(bits);
          found[n++] = (firstBlock + at) * BLOCK + offset;
        }
      }
    }
    return found;
  }

  /** The bits of one block, lowest ticket first; empty if nobody of it waits. */
  public long[] bits(long block) {
    int at = at(block);
    return at < 0 || blocks[at][WORDS] == 0 ? new long[0] : Arrays.copyOf(blocks[at], WORDS);
  }

  /** Names the blocks whose bits differ from those of another line. */
  public void forEachBlockUnlike(WaitLine other, LongConsumer block) {
    long from = Math.min(firstBlock, other.firstBlock);
    long to = Math.max(firstBlock + blocks.length, other.firstBlock + other.blocks.length);
    for (long b = from; b < to; b++) {
      if (!Arrays.equals(block(b), other.block(b))) {
        block.accept(b);
      }
    }
  }

  /** A line with one more block as {@link #bits} gave it; it must lie behind all others. */
  public WaitLine append(long block, long[] bits) {
    if (size > 0 && block < firstBlock + blocks.length) {
      throw new IllegalArgumentException("block %d is not behind the others".formatted(block));
    }
    long first = size == 0 ? block : firstBlock;
    int length = Math.toIntExact(block - first + 1);
    long[][] grown = grown(size == 0 ? new long[0][] : blocks, length);
    grown[length - 1] = Arrays.copyOf(bits, WORDS + 1);
    for (long word : bits) {
      grown[length - 1][WORDS] += Long.bitCount(word);
    }
    return new WaitLine(first, grown);
  }

  private WaitLine changed(long ticket, int by) {
    long block = ticket / BLOCK;
    long first = blocks.length == 0 ? block : Math.min(block, firstBlock);
    int shift = Math.toIntExact(blocks.length == 0 ? 0 : firstBlock - first);
    int length = Math.max(shift + blocks.length, Math.toIntExact(block - first + 1));
    long[][] copy = new long[length][];
    Arrays.fill(copy, NOBODY);
    System.arraycopy(blocks, 0, copy, shift, blocks.length);
    int at = Math.toIntExact(block - first);
    long[] bits = copy[at].clone();
    bits[word(ticket)] ^= bit(ticket);
    bits[WORDS] += by;
    copy[at] = bits;
    return trimmed(first, copy);
  }

  private static WaitLine trimmed(long first, long[][] blocks) {
    int gone = 0;
    while (gone < blocks.length && blocks[gone][WORDS] == 0) {
      gone++;
    }
    return gone == 0
        ? new WaitLine(first, blocks)
        : new WaitLine(first + gone, Arrays.copyOfRange(blocks, gone, blocks.length));
  }

  private static long[][] grown(long[][] blocks, int length) {
    long[][] grown = Arrays.copyOf(blocks, length);
    Arrays.fill(grown, blocks.length, length, NOBODY);
    return grown;
  }

  private long[] block(long block) {
    int at = at(block);
    return at < 0 ? NOBODY : blocks[at];
  }

  private int at(long block) {
    return block >= firstBlock && block - firstBlock < blocks.length
        ? (int) (block - firstBlock)
        : -1;
  }

  private static int word(long ticket) {
    return (int) (ticket % BLOCK) / Long.SIZE;
  }

  private static long bit(long ticket) {
    return 1L << ticket; // the shift takes the lowest six bits
  }
}

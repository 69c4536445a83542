package org.dl4jsnn;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What a class logs, kept until closed. */
public final class LogOf implements AutoCloseable {

  private final Logger logger;
  private final ListAppender<ILoggingEvent> kept = new ListAppender<>();

  public LogOf(Class<?> type) {
    this(type.getName());
  }

  public LogOf(String type) {
    logger = (Logger) LoggerFactory.getLogger(type);
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    kept.start();
    logger.addAppender(kept);
  }

  /** What a class warns of during some work. */
  public static List<String> warnings(String type, Runnable work) {
    try (LogOf log = new LogOf(type)) {
      work.run();
      return log.messages(Level.WARN);
    }
  }

  public List<String> messages(Level level) {
    return kept.list.stream()
        .filter(event -> event.getLevel() == level)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Override
  public void close() {
    logger.detachAppender(kept);
    logger.setAdditive(true);
    logger.setLevel(null);
  }
}

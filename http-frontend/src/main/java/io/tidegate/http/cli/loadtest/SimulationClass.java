package io.tidegate.http.cli.loadtest;

import io.tidegate.loadtest.builtin.Builtin;
import io.tidegate.loadtest.dsl.SetUp;
import io.tidegate.loadtest.dsl.Simulation;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A simulation that a user wrote, by the name of its class or the Java file that holds it. */
final class SimulationClass {

  private SimulationClass() {}

  /**
   * What it sets up.
   *
   * @param name of a class, or a file that ends with {@code .java}
   * @param classPath directories and jars, as Java separates them, where it and what it needs are
   *     looked for beside this program's own classes; may be empty
   * @throws UnknownSimulation if there is no class of that name
   * @throws IOException if it is none that can be used; the message says in a line why
   */
  static SetUp setUp(String name, String classPath) throws IOException {
    Class<?> found = find(name, paths(classPath));
    if (!Simulation.class.isAssignableFrom(found)) {
      throw new IOException(name + " does not extend Simulation");
    }
    try {
      Constructor<? extends Simulation> constructor =
          found.asSubclass(Simulation.class).getDeclaredConstructor();
      constructor.setAccessible(true); // As Gatling does: a simulation need not be public.
      return constructor.newInstance().setUp();
    } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
      throw new IOException(name + " needs a constructor without parameters", e);
    } catch (InvocationTargetException e) {
      throw new IOException(name + ": " + inOneLine(e.getCause()), e);
    } catch (LinkageError e) {
      throw new IOException(name + ": " + inOneLine(e), e);
    }
  }

  private static Class<?> find(String name, List<Path> classPath) throws IOException {
    ClassLoader loader = loader(classPath);
    if (name.endsWith(SourceFile.SUFFIX)) {
      Path file = Path.of(name);
      if (!Files.isReadable(file)) {
        throw new IOException("cannot read " + name);
      }
      return SourceFile.compile(file, loader, SourceFile.classPathWith(classPath));
    }
    try {
      return Class.forName(name, true, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      throw new UnknownSimulation(name, e);
    }
  }

  private static List<Path> paths(String classPath) throws IOException {
    List<Path> paths = new ArrayList<>();
    for (String one : classPath.split(File.pathSeparator, -1)) {
      if (!one.isEmpty()) {
        if (!Files.exists(Path.of(one))) {
          throw new IOException("--class-path: there is no " + one);
        }
        paths.add(Path.of(one));
      }
    }
    return paths;
  }

  /** Not closed: a simulation loads classes as long as it runs, which is as long as the program. */
  private static ClassLoader loader(List<Path> classPath) throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (Path one : classPath) {
      urls.add(one.toUri().toURL());
    }
    ClassLoader own = SimulationClass.class.getClassLoader();
    return urls.isEmpty() ? own : new URLClassLoader(urls.toArray(URL[]::new), own);
  }

  private static String inOneLine(Throwable cause) {
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return message.lines().findFirst().orElse(message);
  }

  /** Neither a built-in test nor a class. */
  static final class UnknownSimulation extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    UnknownSimulation(String name, Throwable cause) {
      super(
          "`%s` is neither a class nor one of %s"
              .formatted(
                  name,
                  Builtin.all().stream().map(Builtin::name).collect(Collectors.joining(", "))),
          cause);
    }
  }
}

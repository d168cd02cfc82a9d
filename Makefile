# The commands of a contributor. Each finds a JDK 25 and builds what it needs by itself.
.DEFAULT_GOAL := help
.PHONY: help build test bench demo pictures format golden crds manifests clean tools image

# What the tests run beside Seqwatch. The demo builds by itself what it runs.
TOOLS := kube-apiserver etcd kubectl prometheus alertmanager promtool helm psql pg_dump prometheus-operator

# What make image builds, and with what.
IMAGE ?= ghcr.io/seqwatch/seqwatch:0.1.0
DOCKER ?= docker

# make test POSTGRES=containers takes the PostgreSQL servers from Docker instead of embedded binaries.
ifdef POSTGRES
verify_options := -Dseqwatch.postgres=$(POSTGRES)
endif

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

build: ## build the jar that bin/seqwatch runs
	@bin/build-jar

test: tools ## run all checks and tests; POSTGRES=containers takes the databases from Docker
	@rm -rf target/surefire-reports target/failsafe-reports
	@status=0; ./mvnw -B -ntp verify $(verify_options) || status=$$?; tools/count-tests $$status

bench: tools ## measure inspections beside psql, and how late they are beside 250 bad servers; takes a quarter of an hour
	@./mvnw -B -q -ntp -DskipTests test-compile
	@"$$(bin/find-jdk)/bin/java" -Djava.util.logging.manager=org.jboss.logmanager.LogManager \
		-Dseqwatch.postgres.binaries=target/postgres -Dseqwatch.basedir=. -XX:+UseSerialGC -Xmx256m \
		-cp "target/test-classes:target/classes:$$(cat target/test-classpath.txt)" \
		dev.seqwatch.bench.InspectionTime $(or $(SEQUENCES),1000 5000 20000 60000)
	@./mvnw -B -q -ntp test -Dtest=IsolationIT#inspections_of_healthy_monitors_start_in_time_beside_many_bad_servers \
		-Dseqwatch.bad=50 | grep 'bad servers of each'

demo: ## show Seqwatch at work on a real PostgreSQL, Kubernetes API, Prometheus and Alertmanager
	@demo/run

pictures: ## make the README's pictures again: the demo, and the dashboards after an hour of its shop at work
	@mkdir -p target
	@demo/run >target/demo.txt
	@docs/picture <target/demo.txt >target/demo.svg && mv target/demo.svg docs/demo.svg
	@docs/dashboards

image: build ## build the container image; IMAGE=NAME:TAG, DOCKER=podman, JDK= and BASE= replace the bases
	@$(DOCKER) build $(if $(JDK),--build-arg JDK=$(JDK)) $(if $(BASE),--build-arg BASE=$(BASE)) -t $(IMAGE) .

format: ## put the sources into the house style
	@./mvnw -B -q -ntp spotless:apply

manifests: ## copy alerts, dashboards and definition to where promtool, kustomize and the Helm chart read them
	@deploy/copies

golden: ## accept the outputs that GoldenOutputsIT compares; review the difference in git
	@./mvnw -B -q -ntp test -Dtest=GoldenOutputsIT -Dseqwatch.golden.accept=true

crds: ## write crds/ anew from the Java records
	@./mvnw -B -q -ntp -DskipTests test-compile
	@"$$(bin/find-jdk)/bin/java" -Djava.util.logging.manager=org.jboss.logmanager.LogManager \
		-cp "target/test-classes:target/classes:$$(cat target/test-classpath.txt)" dev.seqwatch.api.v1alpha1.CrdFile
	@deploy/copies

clean: ## remove everything that was built, but for the tools in the cache folder
	@rm -rf target

tools: ## build what is missing of kube-apiserver, Prometheus and the other programs that tests run
	@tools/build $(TOOLS)

module dev.seqwatch/tools/definitions

go 1.26.0

// Nothing is compiled of these: tools/build takes their custom resource definitions.
require (
	github.com/prometheus-operator/prometheus-operator v0.91.0
)
